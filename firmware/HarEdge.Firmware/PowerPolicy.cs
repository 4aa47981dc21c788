using System;
using System.Device.Gpio;
using System.Threading;
using nanoFramework.Hardware.Esp32;

namespace HarEdge.Firmware
{
    /// <summary>
    /// The one place that decides how the board waits: awake, in light sleep between bursts, or in deep sleep after minutes without motion.
    /// It also keeps the time, because the runtime's clock stands still in light sleep.
    /// </summary>
    internal sealed class PowerPolicy
    {
        /// <summary>Why motion cannot wake the board: this chip has no EXT0.</summary>
        public const int NoWakePin = 1;

        /// <summary>Why motion cannot wake the board: INT does not reach its pin.</summary>
        public const int InterruptOpen = 2;

        // Three sample periods.
        private const int InterruptWaitMs = 60;

        // Below this, falling asleep and waking cost more than they save.
        private const int ShortestLightSleepMs = 50;

        // How often a light sleep is interrupted for a look at the button, which nothing else can do: the runtime offers no GPIO as a source of waking
        // (docs/adr/0024). Each look is a wake-up of about a millisecond (hardware/POWER.md).
        private const int PollMs = 100;

        // While the button is down the board stays awake, for the press to have its length.
        private const int PressedPollMs = 10;

        // The last line must have left the UART before its clock stops: 240 characters take 3 ms.
        private const int UartDrainMs = 5;

        // The longest a board can go unnoticed whose sensor lost power while it was armed. A check costs some 2 s at 50 mA: 0.06 mA on average,
        // beside 0.08 mA asleep (hardware/POWER.md).
        private const int DeepSleepMinutes = 30;

        private const int Refused = -1;
        private const int TicksPerMs = 10000;

        private readonly Board board;
        private readonly DeviceSettings settings;
        private readonly Button button;

        // For how long the timer lets a light sleep last; 0 before the first, and Refused where the runtime allows none.
        private int timerMs;
        private long untickedMs;

        public PowerPolicy(Board board, DeviceSettings settings, Button button)
        {
            this.button = button;
            this.board = board;
            this.settings = settings;
        }

        /// <summary>Milliseconds since boot, light sleep included.</summary>
        public long NowMs
        {
            get { return Environment.TickCount64 + untickedMs; }
        }

        /// <summary>Waits, as deeply asleep as the settings allow.</summary>
        public void Wait(int waitMs)
        {
            if (settings.SleepsLightly)
            {
                WaitWithLooks(waitMs);
            }
            else if (waitMs > 0)
            {
                Thread.Sleep(waitMs);
            }
        }

        /// <summary>Whether the settings ask for deep sleep after such a time without motion, or without a sensor.</summary>
        public bool IsDeepSleepDue(long restMs)
        {
            return settings.DeepSleepAfterMinutes > 0 && restMs / 60000 >= settings.DeepSleepAfterMinutes;
        }

        /// <summary>
        /// Whether the sensor's INT, which must be active when asked first and not when asked again, reaches the pin that wakes the board. 0 when
        /// it does; else one of the reasons.
        /// </summary>
        public int WakeObstacle(MotionSensor sensor)
        {
            if (!board.WakesOnMotion)
            {
                return NoWakePin;
            }

            GpioController pins = new GpioController();
            GpioPin pin = pins.OpenPin(board.MotionPin, board.IsInterruptLow ? PinMode.Input : PinMode.InputPullDown);
            PinValue active = board.IsInterruptLow ? PinValue.Low : PinValue.High;
            bool begins = sensor.SignalDataReady(true) == SensorStatus.Ok;
            Wait(InterruptWaitMs);
            begins = begins && pin.Read() == active;
            bool ends = sensor.SignalDataReady(false) == SensorStatus.Ok && !(pin.Read() == active);
            pins.ClosePin(board.MotionPin);
            return begins && ends ? 0 : InterruptOpen;
        }

        /// <summary>Sleeps until it is time to check the sensor, or until its INT becomes active. The board then starts anew; on the device this never returns.</summary>
        /// <param name="byMotion">Whether the sensor is armed to wake the board on motion.</param>
        public void SleepDeeply(bool byMotion)
        {
            Thread.Sleep(UartDrainMs);
            Sleep.EnableWakeupByTimer(new TimeSpan(DeepSleepMinutes * 60 * 1000L * TicksPerMs));
            if (byMotion)
            {
                Sleep.EnableWakeupByPin(board.MotionWakePin, board.IsInterruptLow ? 0 : 1);
            }

            Sleep.StartDeepSleep();
        }

        private void WaitWithLooks(int waitMs)
        {
            long endMs = NowMs + waitMs;
            bool isDrained = false;
            button.Poll(NowMs);
            for (int leftMs = waitMs; leftMs > 0; leftMs = (int)(endMs - NowMs))
            {
                if (button.IsDown || timerMs == Refused || leftMs < ShortestLightSleepMs)
                {
                    int longestMs = button.IsDown ? PressedPollMs : PollMs;
                    Thread.Sleep(leftMs < longestMs ? leftMs : longestMs);
                }
                else if (isDrained)
                {
                    // Equal parts: a short one at the end would be spent awake.
                    SleepLightly(leftMs / ((leftMs + PollMs - 1) / PollMs));
                }
                else
                {
                    Thread.Sleep(UartDrainMs);
                    isDrained = true;
                }

                button.Poll(NowMs);
            }
        }

        private void SleepLightly(int sleepMs)
        {
            long before = Environment.TickCount64;
            if (timerMs != sleepMs)
            {
                // It stays set (ESP-IDF programming guide, Sleep Modes), and setting it makes garbage.
                Sleep.EnableWakeupByTimer(new TimeSpan((long)sleepMs * TicksPerMs));
                timerMs = sleepMs;
            }

            if (Sleep.StartLightSleep() != EspNativeError.OK)
            {
                // Another part of the runtime forbids it: wait awake, now and from now on.
                timerMs = Refused;
                Thread.Sleep(sleepMs);
                return;
            }

            // FreeRTOS counts no ticks while the chip sleeps; should a later runtime make up for them, nothing is added.
            long ticked = Environment.TickCount64 - before;
            if (ticked < sleepMs / 2)
            {
                untickedMs += sleepMs - ticked;
            }
        }
    }

    /// <summary>
    /// The AXP192 of an M5StickC Plus, on the sensor's bus. It keeps board and sensor supplied by itself; nobody examines the screen it lights. (m5stack/M5StickC-Plus src/AXP192.cpp;
    /// AXP192 data sheet, REG 12H.)
    /// </summary>
    internal static class PowerChip
    {
        /// <summary>Address on the bus.</summary>
        public const int BusAddress = 0x34;

        // Which outputs are on: DCDC1 supplies the ESP32, LDO2 the backlight, LDO3 the screen.
        private const int Outputs = 0x12;
        private const int Supply = 0x01;
        private const int Screen = 0x0C;

        /// <summary>Turns backlight and screen off, some 20 mA; where the chip does not answer as it must, nothing is written: a wrong bit would switch the board off.</summary>
        public static void TurnScreenOff(RegisterBus bus)
        {
            byte[] outputs = new byte[1];
            if (bus.Open(BusAddress) && bus.Read(Outputs, outputs, 1) == SensorStatus.Ok && (outputs[0] & Supply) != 0)
            {
                bus.WriteChecked(Outputs, outputs[0] & ~Screen);
            }
        }
    }
}
