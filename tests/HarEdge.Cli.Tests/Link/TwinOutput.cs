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

    /// <summary>The same from a board that measured: 46 decisions, 61.5 ms on average, 70.25 ms at most.</summary>
    public static string OfTimed => string.Join('\n', OfHealthy.Split('\n').Select(line => line.StartsWith("$HT,", StringComparison.Ordinal) ? Timed(line) : line));

    private static string Timed(string line)
    {
        var body = string.Join(',', line[1..].Split(',')[..2].Concat(["46", "61500", "70250"]));
        var crc = body.Aggregate(Core.Crc16.Initial, (sum, c) => Core.Crc16.AppendByte(sum, c));
        return $"${body}*{crc:X4}";
    }

    private static string Run(params string[] args) => CliRun.Of(["twin", "--speed", "fast", .. args]).AssertDone().Out;
}
