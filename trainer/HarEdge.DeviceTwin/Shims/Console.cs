using HarEdge.DeviceTwin.Shims;
using HarEdge.DeviceTwin.Simulation;

namespace HarEdge.Firmware
{
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
