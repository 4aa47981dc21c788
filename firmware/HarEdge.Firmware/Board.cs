using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;

namespace HarEdge.Firmware
{
    /// <summary>Which pin does what. One subclass a board; hardware/WIRING.md shows the same tables.</summary>
    internal abstract class Board
    {
        /// <summary>I2C controller, as nanoFramework counts them: from 1.</summary>
        public const int I2cBusId = 1;

        /// <summary>Kind of the chips' own development boards.</summary>
        public const string DevKit = "DevKit";

        /// <summary>Kind of Seeed Studio's small boards.</summary>
        public const string Xiao = "XIAO";

        /// <summary>Name in the boot banner.</summary>
        public abstract string Name { get; }

        /// <summary>GPIO of the sensor's SDA.</summary>
        public abstract int DataPin { get; }

        /// <summary>GPIO of the sensor's SCL.</summary>
        public abstract int ClockPin { get; }

        /// <summary>GPIO of the sensor's INT; it can wake the board from deep sleep where the chip allows it.</summary>
        public abstract int MotionPin { get; }

        /// <summary>GPIO of the BOOT button: low while pressed.</summary>
        public abstract int ButtonPin { get; }

        /// <summary>GPIO that sends on the optional second UART (COM2).</summary>
        public abstract int CommandTransmitPin { get; }

        /// <summary>GPIO that receives on the optional second UART (COM2).</summary>
        public abstract int CommandReceivePin { get; }

        /// <summary><see cref="MotionPin"/> as a source of waking from deep sleep, or None where the chip cannot wake by pin.</summary>
        public abstract Sleep.WakeupGpioPin MotionWakePin { get; }

        /// <summary>Whether motion can end a deep sleep.</summary>
        public bool WakesOnMotion
        {
            get { return MotionWakePin != Sleep.WakeupGpioPin.None; }
        }

        /// <summary>The board this firmware runs on: its chip by the name of the runtime's target, of the boards with that chip the one of a kind.</summary>
        /// <param name="kind"><see cref="DevKit"/> or <see cref="Xiao"/>.</param>
        public static Board Detect(string kind)
        {
            string target = SystemInfo.TargetName;
            bool isXiao = kind == Xiao;
            if (target.StartsWith("ESP32_S3"))
            {
                return isXiao ? (Board)new Boards.XiaoEsp32S3() : new Boards.Esp32S3();
            }

            if (target.StartsWith("ESP32_C3"))
            {
                return isXiao ? (Board)new Boards.XiaoEsp32C3() : new Boards.Esp32C3();
            }

            return new Boards.Esp32DevKit();
        }
    }
}
