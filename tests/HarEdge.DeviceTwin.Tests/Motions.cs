namespace HarEdge.DeviceTwin.Tests;

/// <summary>Seeded motion for tests: rest and shaking by turns, with noise on every channel.</summary>
internal static class Motions
{
    public static short[][] Make(int seed, int samples)
    {
        var random = new Random(seed);
        var channels = Enumerable.Range(0, 6).Select(_ => new short[samples]).ToArray();
        for (var i = 0; i < samples; i++)
        {
            var amplitude = i / 500 % 2 == 0 ? 0 : 3000;
            for (var channel = 0; channel < 6; channel++)
            {
                var swing = amplitude * Math.Sin((i * 0.2) + channel);
                channels[channel][i] = (short)((channel == 0 ? 8192 : 0) + swing + random.Next(-20, 21));
            }
        }

        return channels;
    }
}
