using nanoFramework.Hardware.Esp32;

namespace HarEdge.Firmware.Boards
{
    /// <summary>Seeed Studio XIAO ESP32-S3, which charges a cell itself. GPIO 4, the pin D3, is an RTC pin: it wakes from deep sleep.</summary>
    internal sealed class XiaoEsp32S3 : Board
    {
        public override string Name
        {
            get { return "XIAO-ESP32-S3"; }
        }

        public override int DataPin
        {
            get { return 5; }
        }

        public override int ClockPin
        {
            get { return 6; }
        }

        public override int MotionPin
        {
            get { return 4; }
        }

        public override int ButtonPin
        {
            get { return 0; }
        }

        public override int CommandTransmitPin
        {
            get { return 7; }
        }

        public override int CommandReceivePin
        {
            get { return 8; }
        }

        public override Sleep.WakeupGpioPin MotionWakePin
        {
            get { return Sleep.WakeupGpioPin.Pin4; }
        }
    }
}
