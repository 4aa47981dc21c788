using System;
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
        // Below this, falling asleep and waking cost more than they save.
        private const int ShortestLightSleepMs = 50;

        // The last line must have left the UART before its clock stops: 240 characters take 3 ms.
        private const int UartDrainMs = 5;

        private const int TicksPerMs = 10000;

        private readonly Board board;
        private readonly DeviceSettings settings;
        private bool lightSleepWorks = true;
        private long untickedMs;

        public PowerPolicy(Board board, DeviceSettings settings)
        {
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
            if (waitMs <= 0)
            {
                return;
            }

            if (settings.SleepsLightly && lightSleepWorks && waitMs >= ShortestLightSleepMs)
            {
                Thread.Sleep(UartDrainMs);
                SleepLightly(waitMs - UartDrainMs);
                return;
            }

            Thread.Sleep(waitMs);
        }

        /// <summary>Whether the board should now sleep until it is moved.</summary>
        /// <param name="stillMs">Time without motion.</param>
        public bool IsDeepSleepDue(int stillMs)
        {
            return board.WakesOnMotion && settings.DeepSleepAfterMinutes > 0 && stillMs / 60000 >= settings.DeepSleepAfterMinutes;
        }

        /// <summary>Sleeps until the sensor's interrupt line rises. The board then starts anew: this never returns on the device.</summary>
        public void SleepDeeply()
        {
            Thread.Sleep(UartDrainMs);
            Sleep.EnableWakeupByPin(board.MotionWakePin, 1);
            Sleep.StartDeepSleep();
        }

        private void SleepLightly(int sleepMs)
        {
            long before = Environment.TickCount64;
            Sleep.EnableWakeupByTimer(new TimeSpan((long)sleepMs * TicksPerMs));
            if (Sleep.StartLightSleep() != EspNativeError.OK)
            {
                // Another part of the runtime forbids it: wait awake, now and from now on.
                lightSleepWorks = false;
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
}
