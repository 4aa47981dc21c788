using nanoFramework.Hardware.Esp32;

namespace HarEdge.Firmware.Boards
{
    /// <summary>Classic ESP32 on a DevKitC or one of its many copies. GPIO 33 is an RTC pin: it wakes from deep sleep.</summary>
    internal sealed class Esp32DevKit : Board
    {
        public override string Name
        {
            get { return "ESP32-DevKit"; }
        }

        public override int DataPin
        {
            get { return 21; }
        }

        public override int ClockPin
        {
            get { return 22; }
        }

        public override int MotionPin
        {
            get { return 33; }
        }

        public override int ButtonPin
        {
            get { return 0; }
        }

        public override int CommandTransmitPin
        {
            get { return 17; }
        }

        public override int CommandReceivePin
        {
            get { return 16; }
        }

        public override Sleep.WakeupGpioPin MotionWakePin
        {
            get { return Sleep.WakeupGpioPin.Pin33; }
        }
    }
}
