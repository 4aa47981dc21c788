namespace HarEdge.Trainer;

/// <summary>
/// Something the user gave cannot be used. The message is one sentence that names the file, line or value;
/// the remedy is one sentence that says what to do. The command line prints both and exits with <see cref="ExitCode"/>.
/// </summary>
public class InputException(string message, string remedy, int exitCode = 1, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the user can do about it.</summary>
    public string Remedy { get; } = remedy;

    /// <summary>1: failed, 2: misused, 3: a parity check or another check failed.</summary>
    public int ExitCode { get; } = exitCode;
}
