using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests.Link;

/// <summary>The console of the twin, made once for all tests that only read it.</summary>
internal static class TwinOutput
{
    private static readonly Lazy<string> Healthy = new(() => Run("--seconds", "90", "--record"));
    private static readonly Lazy<string> Detached = new(() => Run("--seconds", "16", "--fault", "Detached", "--fault-seconds", "60"));

    /// <summary>Ninety seconds of the demo's model, recording mode included.</summary>
    public static string OfHealthy => Healthy.Value;

    /// <summary>The sensor falls off after ten seconds and stays off.</summary>
    public static string OfDetached => Detached.Value;

    private static string Run(params string[] args) => CliRun.Of(["twin", "--speed", "fast", .. args]).AssertDone().Out;
}
