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
}
