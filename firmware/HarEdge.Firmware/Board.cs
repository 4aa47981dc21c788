using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;

namespace HarEdge.Firmware
{
    /// <summary>Which pin does what, one method a board; hardware/WIRING.md shows the same tables.</summary>
    internal sealed class Board
    {
        /// <summary>I2C controller, as nanoFramework counts them: from 1.</summary>
        public const int I2cBusId = 1;

        /// <summary>Kind of the chips' own development boards.</summary>
        public const string DevKit = "DevKit";

        /// <summary>Kind of Seeed Studio's small boards.</summary>
        public const string Xiao = "XIAO";

        /// <summary>Kind of M5Stack's M5StickC Plus, a wearable with sensor, cell and case.</summary>
        public const string StickCPlus = "M5StickC-Plus";

        private Board()
        {
        }

        /// <summary>Name in the boot banner.</summary>
        public string Name { get; private set; }

        /// <summary>GPIO of the sensor's SDA.</summary>
        public int DataPin { get; private set; }

        /// <summary>GPIO of the sensor's SCL.</summary>
        public int ClockPin { get; private set; }

        /// <summary>GPIO of the sensor's INT; it can wake the board from deep sleep where the chip allows it.</summary>
        public int MotionPin { get; private set; }

        /// <summary>GPIO of the button: low while pressed.</summary>
        public int ButtonPin { get; private set; }

        /// <summary>GPIO that sends on the optional second UART (COM2).</summary>
        public int CommandTransmitPin { get; private set; }

        /// <summary>GPIO that receives on the optional second UART (COM2).</summary>
        public int CommandReceivePin { get; private set; }

        /// <summary><see cref="MotionPin"/> as a source of waking from deep sleep, or None where the chip cannot wake by pin.</summary>
        public Sleep.WakeupGpioPin MotionWakePin { get; private set; } = Sleep.WakeupGpioPin.None;

        /// <summary>Whether sensor, button and power chip are soldered to the board: the button has its own pull-up; the screen is lit until the power chip is told otherwise.</summary>
        public bool IsWearable { get; private set; }

        /// <summary>Whether INT shares a line that the board pulls up, so it is low when active.</summary>
        public bool IsInterruptLow { get; private set; }

        /// <summary>Whether motion can end a deep sleep.</summary>
        public bool WakesOnMotion
        {
            get { return MotionWakePin != Sleep.WakeupGpioPin.None; }
        }

        /// <summary>The board this firmware runs on: its chip by the name of the runtime's target, of the boards with that chip the one of a kind.</summary>
        /// <param name="kind"><see cref="DevKit"/>, <see cref="Xiao"/> or <see cref="StickCPlus"/>.</param>
        public static Board Detect(string kind)
        {
            string target = SystemInfo.TargetName;
            if (target.StartsWith("ESP32_S3"))
            {
                return kind == Xiao ? XiaoEsp32S3() : Esp32S3();
            }

            if (target.StartsWith("ESP32_C3"))
            {
                return kind == Xiao ? XiaoEsp32C3() : Esp32C3();
            }

            return kind == StickCPlus ? M5StickCPlus() : Esp32DevKit();
        }

        /// <summary>Classic ESP32 on a DevKitC or one of its many copies. GPIO 33 is an RTC pin: it wakes from deep sleep.</summary>
        public static Board Esp32DevKit()
        {
            return new Board
            {
                Name = "ESP32-DevKit",
                DataPin = 21,
                ClockPin = 22,
                MotionPin = 33,
                ButtonPin = 0,
                CommandTransmitPin = 17,
                CommandReceivePin = 16,
                MotionWakePin = Sleep.WakeupGpioPin.Pin33,
            };
        }

        /// <summary>ESP32-S3 on a DevKitC-1. GPIO 0 to 21 are RTC pins: GPIO 4 wakes from deep sleep.</summary>
        public static Board Esp32S3()
        {
            return new Board
            {
                Name = "ESP32-S3-DevKit",
                DataPin = 8,
                ClockPin = 9,
                MotionPin = 4,
                ButtonPin = 0,
                CommandTransmitPin = 15,
                CommandReceivePin = 16,
                MotionWakePin = Sleep.WakeupGpioPin.Pin4,
            };
        }

        /// <summary>ESP32-C3 on a DevKitM-1. It has no EXT0 wake-up: after motion it cannot leave deep sleep by pin, so it does not enter it.</summary>
        public static Board Esp32C3()
        {
            return new Board
            {
                Name = "ESP32-C3-DevKit",
                DataPin = 4,
                ClockPin = 5,
                MotionPin = 3,
                ButtonPin = 9,
                CommandTransmitPin = 7,
                CommandReceivePin = 6,
            };
        }

        /// <summary>Seeed Studio XIAO ESP32-S3, which charges a cell itself. GPIO 4, the pin D3, is an RTC pin: it wakes from deep sleep.</summary>
        public static Board XiaoEsp32S3()
        {
            return new Board
            {
                Name = "XIAO-ESP32-S3",
                DataPin = 5,
                ClockPin = 6,
                MotionPin = 4,
                ButtonPin = 0,
                CommandTransmitPin = 7,
                CommandReceivePin = 8,
                MotionWakePin = Sleep.WakeupGpioPin.Pin4,
            };
        }

        /// <summary>Seeed Studio XIAO ESP32-C3, which charges a cell itself. The chip has no EXT0 wake-up: see <see cref="Esp32C3"/>.</summary>
        public static Board XiaoEsp32C3()
        {
            return new Board
            {
                Name = "XIAO-ESP32-C3",
                DataPin = 6,
                ClockPin = 7,
                MotionPin = 5,
                ButtonPin = 9,
                CommandTransmitPin = 3,
                CommandReceivePin = 4,
            };
        }

        /// <summary>M5Stack M5StickC Plus: an ESP32-PICO-D4 with an MPU6886, whose INT is on the RTC pin GPIO 35 (m5stack/M5StickC-Plus, examples/Advanced/IMU_Wake_On_Motion). Button A; the Grove socket is the second UART.</summary>
        public static Board M5StickCPlus()
        {
            return new Board
            {
                Name = "M5StickC-Plus",
                DataPin = 21,
                ClockPin = 22,
                MotionPin = 35,
                ButtonPin = 37,
                CommandTransmitPin = 32,
                CommandReceivePin = 33,
                MotionWakePin = Sleep.WakeupGpioPin.Pin35,
                IsWearable = true,
                IsInterruptLow = true,
            };
        }
    }
}
