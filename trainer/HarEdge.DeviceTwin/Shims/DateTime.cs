using HarEdge.DeviceTwin.Shims;
using HarEdge.DeviceTwin.Simulation;

namespace HarEdge.Firmware
{
    /// <summary>The board's clock: 1970 at power-up, and not touched by deep sleep or a reboot.</summary>
    [StandsFor("System.DateTime")]
    internal sealed class DateTime
    {
        private DateTime(long ticks)
        {
            Ticks = ticks;
        }

        public DateTime(int year, int month, int day)
            : this(new System.DateTime(year, month, day).Ticks)
        {
        }

        public static DateTime UtcNow
        {
            get
            {
                TwinMachine machine = TwinMachine.Current;
                machine.ClockRead?.Invoke();
                return new DateTime(machine.UtcTicks);
            }
        }

        /// <summary>Tenths of microseconds since year 1.</summary>
        public long Ticks { get; }
    }
}
