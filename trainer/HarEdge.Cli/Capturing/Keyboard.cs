namespace HarEdge.Cli.Capturing;

/// <summary>The keys a person presses while something else goes on.</summary>
internal static class Keyboard
{
    /// <summary>Whether there is one.</summary>
    public static bool Exists => !Console.IsInputRedirected;

    /// <summary>The next key pressed, without waiting and without showing it; null when there is none.</summary>
    public static char? Read() => Exists && Console.KeyAvailable ? Console.ReadKey(intercept: true).KeyChar : null;
}
