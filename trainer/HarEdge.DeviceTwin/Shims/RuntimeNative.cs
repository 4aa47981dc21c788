using HarEdge.DeviceTwin.Simulation;

namespace nanoFramework.Runtime.Native
{
    /// <summary>How thorough a reboot is.</summary>
    internal enum RebootOption
    {
        NormalReboot = 0,
    }

    /// <summary>Reboots; on the device that does not return.</summary>
    internal static class Power
    {
        public static void RebootDevice(RebootOption rebootOption)
        {
            TwinMachine.Current.IsRebooting = rebootOption == RebootOption.NormalReboot;
        }
    }

    /// <summary>The clock that deep sleep and reboot leave alone.</summary>
    internal static class Rtc
    {
        public static bool SetSystemTime(HarEdge.Firmware.DateTime dateTime)
        {
            TwinMachine.Current.UtcTicks = dateTime.Ticks;
            return true;
        }
    }

    /// <summary>What the runtime says about itself.</summary>
    internal static class SystemInfo
    {
        public static string TargetName
        {
            get { return TwinMachine.Current.TargetName; }
        }

        /// <summary>No real image has this version.</summary>
        public static System.Version Version
        {
            get { return new System.Version(0, 0, 0, 0); }
        }
    }

    /// <summary>The runtime's garbage collector.</summary>
    internal static class GC
    {
        /// <summary>The twin has no managed heap of the device to measure: it always says the same.</summary>
        public static uint Run(bool compactHeap)
        {
            _ = compactHeap;
            return TwinMachine.FreeBytes;
        }
    }
}
