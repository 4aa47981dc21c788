using nanoFramework.Hardware.Esp32;

namespace HarEdge.Firmware.Boards
{
    /// <summary>Seeed Studio XIAO ESP32-C3, which charges a cell itself. The chip has no EXT0 wake-up: see <see cref="Esp32C3"/>.</summary>
    internal sealed class XiaoEsp32C3 : Board
    {
        public override string Name
        {
            get { return "XIAO-ESP32-C3"; }
        }

        public override int DataPin
        {
            get { return 6; }
        }

        public override int ClockPin
        {
            get { return 7; }
        }

        public override int MotionPin
        {
            get { return 5; }
        }

        public override int ButtonPin
        {
            get { return 9; }
        }

        public override int CommandTransmitPin
        {
            get { return 3; }
        }

        public override int CommandReceivePin
        {
            get { return 4; }
        }

        public override Sleep.WakeupGpioPin MotionWakePin
        {
            get { return Sleep.WakeupGpioPin.None; }
        }
    }
}
