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

namespace HarEdge.BringUp
{
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
