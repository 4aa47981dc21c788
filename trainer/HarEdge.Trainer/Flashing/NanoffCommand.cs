namespace HarEdge.Trainer.Flashing;

/// <summary>A call of nanoff.</summary>
/// <param name="What">What it does, for progress.</param>
/// <param name="Arguments">In order.</param>
internal sealed record NanoffCommand(string What, IReadOnlyList<string> Arguments)
{
    /// <summary>Asks which chip is there.</summary>
    public static NanoffCommand Details(string port) =>
        new("Asking the board for its chip", ["--platform", "esp32", "--serialport", port, "--devicedetails"]);

    /// <summary>Puts the runtime on the board and takes everything else off.</summary>
    public static NanoffCommand Update(FlashTarget board, string port) =>
        new("Flashing the runtime", ["--update", "--target", board.RuntimeTarget, "--serialport", port, "--masserase"]);

    /// <summary>Puts the application on the board.</summary>
    public static NanoffCommand Deploy(FlashTarget board, string port, string image) =>
        new("Flashing the application", ["--target", board.RuntimeTarget, "--serialport", port, "--deploy", "--image", image]);

    /// <summary>As one would type it.</summary>
    public override string ToString() => "nanoff " + string.Join(' ', Arguments.Select(word => word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word));
}
