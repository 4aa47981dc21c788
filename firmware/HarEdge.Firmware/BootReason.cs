using System;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;

namespace HarEdge.Firmware
{
    /// <summary>
    /// Why the board started. The runtime offers no memory that outlives a reset, but ESP-IDF's clock does: it runs on through deep sleep
    /// and a reboot by software, and begins in 1970 at power-up. So a clock set to a marked year is a message to the next start, and in
    /// deep sleep shows how long it lasted. Nothing else here uses the clock's date. (ESP-IDF programming guide, System Time; docs/adr/0016.)
    /// </summary>
    internal static class BootReason
    {
        /// <summary>Power came, or the reset button: nothing is known of before.</summary>
        public const string Power = "POWER";

        /// <summary>Motion ended a deep sleep.</summary>
        public const string Motion = "MOTION";

        /// <summary>The timer ended a deep sleep, and something was not as it should be.</summary>
        public const string Timer = "TIMER";

        /// <summary>The firmware rebooted itself: memory ran out again and again.</summary>
        public const string Memory = "MEMORY";

        /// <summary>The firmware rebooted itself: exceptions nobody expected came again and again.</summary>
        public const string Defect = "DEFECT";

        // Each mark is the first of January of its year; a sleep would have to last ten years to reach the next.
        private const int PowerUpYear = 1970;
        private const int AsleepYear = 2001;
        private const int MemoryYear = 2011;
        private const int DefectYear = 2021;
        private const long TicksPerSecond = 10000000;
        private const long TicksPerDay = 24 * 3600 * TicksPerSecond;

        /// <summary>One of the words above, from what the last run left; <see cref="Forget"/> then clears it.</summary>
        public static string Read()
        {
            Sleep.WakeupCause cause = WakeupCause();
            if (cause == Sleep.WakeupCause.Timer || cause == Sleep.WakeupCause.Ext0)
            {
                return cause == Sleep.WakeupCause.Timer ? Timer : Motion;
            }

            // A reboot takes seconds; a day later it is a clock that somebody set.
            long ticks = DateTime.UtcNow.Ticks;
            return IsWithinDay(ticks, MemoryYear) ? Memory : IsWithinDay(ticks, DefectYear) ? Defect : Power;
        }

        /// <summary>How long the deep sleep was that has just ended; 0 when there was none, or the clock was not kept.</summary>
        public static int SecondsAsleep()
        {
            long ticks = DateTime.UtcNow.Ticks;
            return ticks > StartOf(AsleepYear) && ticks < StartOf(MemoryYear) ? (int)((ticks - StartOf(AsleepYear)) / TicksPerSecond) : 0;
        }

        /// <summary>The next start, if unexpected, knows nothing.</summary>
        public static void Forget()
        {
            Mark(PowerUpYear);
        }

        /// <summary>Deep sleep begins now.</summary>
        public static void MarkAsleep()
        {
            Mark(AsleepYear);
        }

        /// <summary>A reboot follows.</summary>
        public static void MarkReboot(bool isMemory)
        {
            Mark(isMemory ? MemoryYear : DefectYear);
        }

        private static Sleep.WakeupCause WakeupCause()
        {
            try
            {
                return Sleep.GetWakeupCause();
            }
            catch (Exception)
            {
                // Older runtimes refuse on chips without a pin that wakes (nf-interpreter before 2026: CLR_E_NOT_SUPPORTED on an ESP32-C3): what ended
                // a deep sleep there was the timer.
                return SecondsAsleep() > 0 ? Sleep.WakeupCause.Timer : Sleep.WakeupCause.Undefined;
            }
        }

        private static void Mark(int year)
        {
            Rtc.SetSystemTime(new DateTime(year, 1, 1));
        }

        private static bool IsWithinDay(long ticks, int year)
        {
            return ticks >= StartOf(year) && ticks < StartOf(year) + TicksPerDay;
        }

        private static long StartOf(int year)
        {
            return new DateTime(year, 1, 1).Ticks;
        }
    }
}
