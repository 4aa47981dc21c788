namespace HarEdge.Trainer.Flashing;

/// <summary>A call of nanoff.</summary>
/// <param name="What">What it does, for progress.</param>
/// <param name="Arguments">In order.</param>
internal sealed record NanoffCommand(string What, IReadOnlyList<string> Arguments)
{
    /// <summary>Asks which runtimes there are; needs the network.</summary>
    public static NanoffCommand ListTargets() => new("Asking nanoff for its runtimes", ["--listtargets", "--platform", "esp32"]);

    /// <summary>Asks which chip is there.</summary>
    public static NanoffCommand Details(string port) =>
        new("Asking the board for its chip", ["--platform", "esp32", "--serialport", port, "--devicedetails"]);

    /// <summary>Puts the runtime on the board and takes everything else off.</summary>
    public static NanoffCommand Update(RuntimeTarget runtime, string port) =>
        new("Flashing the runtime", ["--update", "--target", runtime.Name, "--serialport", port, "--masserase"]);

    /// <summary>Puts the application on the board.</summary>
    public static NanoffCommand Deploy(RuntimeTarget runtime, string port, string image) =>
        new("Flashing the application", ["--target", runtime.Name, "--serialport", port, "--deploy", "--image", image]);

    /// <summary>As one would type it.</summary>
    public override string ToString() => "nanoff " + string.Join(' ', Arguments.Select(word => word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word));
}
