using HarEdge.DeviceTwin.Shims;
using HarEdge.DeviceTwin.Simulation;

namespace HarEdge.Firmware
{
    /// <summary>Sleeping moves the simulated clock.</summary>
    [StandsFor("System.Threading.Thread")]
    internal static class Thread
    {
        public static void Sleep(int millisecondsTimeout)
        {
            TwinMachine.Current.Wait(millisecondsTimeout);
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
}
