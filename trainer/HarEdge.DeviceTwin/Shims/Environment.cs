using HarEdge.DeviceTwin.Shims;
using HarEdge.DeviceTwin.Simulation;

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
}
