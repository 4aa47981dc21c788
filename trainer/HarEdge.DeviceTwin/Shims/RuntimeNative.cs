using HarEdge.DeviceTwin.Simulation;

namespace nanoFramework.Runtime.Native
{
    /// <summary>What the runtime says about itself.</summary>
    internal static class SystemInfo
    {
        public static string TargetName
        {
            get { return TwinMachine.Current.TargetName; }
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
