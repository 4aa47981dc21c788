using nanoFramework.Hardware.Esp32;

namespace HarEdge.Firmware.Boards
{
    /// <summary>ESP32-S3 on a DevKitC-1. GPIO 0 to 21 are RTC pins: GPIO 4 wakes from deep sleep.</summary>
    internal sealed class Esp32S3 : Board
    {
        public override string Name
        {
            get { return "ESP32-S3-DevKit"; }
        }

        public override int DataPin
        {
            get { return 8; }
        }

        public override int ClockPin
        {
            get { return 9; }
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
            get { return 15; }
        }

        public override int CommandReceivePin
        {
            get { return 16; }
        }

        public override Sleep.WakeupGpioPin MotionWakePin
        {
            get { return Sleep.WakeupGpioPin.Pin4; }
        }
    }
}
