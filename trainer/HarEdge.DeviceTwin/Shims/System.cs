using System;
using HarEdge.DeviceTwin.Shims;
using HarEdge.DeviceTwin.Simulation;

namespace HarEdge.DeviceTwin.Shims
{
    /// <summary>
    /// Marks a stand-in that cannot bear the device type's full name because the desktop has a type of that name. It lives in the
    /// firmware's own namespace, where the compiler finds it before the desktop's: the firmware source stays the same.
    /// </summary>
    [AttributeUsage(AttributeTargets.Class)]
    internal sealed class StandsForAttribute : Attribute
    {
        public StandsForAttribute(string deviceType)
        {
            DeviceType = deviceType;
        }

        /// <summary>Full name of the type on the device.</summary>
        public string DeviceType { get; }
    }
}

namespace HarEdge.Firmware
{
    /// <summary>Milliseconds since power-on.</summary>
    [StandsFor("System.Environment")]
    internal static class Environment
    {
        public static long TickCount64
        {
            get { return TwinMachine.Current.TickMs; }
        }
    }

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

    /// <summary>Sleeping moves the simulated clock.</summary>
    [StandsFor("System.Threading.Thread")]
    internal static class Thread
    {
        public static void Sleep(int millisecondsTimeout)
        {
            TwinMachine.Current.Wait(millisecondsTimeout);
        }
    }

    /// <summary>UART0 at 921600 baud.</summary>
    [StandsFor("System.Console")]
    internal static class Console
    {
        public static void WriteLine(string value)
        {
            TwinMachine.Current.Print(value);
        }
    }
}

namespace HarEdge.BringUp
{
    /// <summary>The same for the bring-up program, which has a namespace of its own.</summary>
    [StandsFor("System.Threading.Thread")]
    internal static class Thread
    {
        public static void Sleep(int millisecondsTimeout)
        {
            TwinMachine.Current.Wait(millisecondsTimeout);
        }
    }

    /// <summary>The same for the bring-up program, which has a namespace of its own.</summary>
    [StandsFor("System.Console")]
    internal static class Console
    {
        public static void WriteLine(string value)
        {
            TwinMachine.Current.Print(value);
        }
    }
}
