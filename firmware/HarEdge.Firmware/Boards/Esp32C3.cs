using nanoFramework.Hardware.Esp32;

namespace HarEdge.Firmware.Boards
{
    /// <summary>ESP32-C3 on a DevKitM-1. It has no EXT0 wake-up: after motion it cannot leave deep sleep by pin, so it does not enter it.</summary>
    internal sealed class Esp32C3 : Board
    {
        public override string Name
        {
            get { return "ESP32-C3-DevKit"; }
        }

        public override int DataPin
        {
            get { return 4; }
        }

        public override int ClockPin
        {
            get { return 5; }
        }

        public override int MotionPin
        {
            get { return 3; }
        }

        public override int ButtonPin
        {
            get { return 9; }
        }

        public override int CommandTransmitPin
        {
            get { return 7; }
        }

        public override int CommandReceivePin
        {
            get { return 6; }
        }

        public override Sleep.WakeupGpioPin MotionWakePin
        {
            get { return Sleep.WakeupGpioPin.None; }
        }
    }
}
