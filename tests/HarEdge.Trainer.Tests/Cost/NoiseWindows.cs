namespace HarEdge.Trainer.Tests.Cost;

/// <summary>Windows to run counted code on: counts drawn from a seeded generator, some still, some violent.</summary>
internal static class NoiseWindows
{
    /// <summary>Windows × six channels × length.</summary>
    public static IReadOnlyList<short[][]> Make(int windows, int length, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, windows).Select(window => Window(random, length, 20 << (window % 10)))];
    }

    private static short[][] Window(Random random, int length, int spread) =>
        [.. Enumerable.Range(0, 6).Select(_ => Enumerable.Range(0, length).Select(_ => (short)random.Next(-spread, spread)).ToArray())];
}
