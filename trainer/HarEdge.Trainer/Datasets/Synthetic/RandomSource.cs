using HarEdge.Trainer.Datasets.Signals;

namespace HarEdge.Trainer.Datasets.Synthetic;

/// <summary>
/// xoshiro256** (Blackman and Vigna, 2018), seeded by SplitMix64. Unlike <see cref="Random"/> its sequence is fixed for all versions
/// of the runtime, and a stream number gives each person numbers of their own, whoever else is generated.
/// </summary>
internal sealed class RandomSource
{
    private readonly ulong[] state = new ulong[4];

    public RandomSource(int seed, int stream)
    {
        var split = ((ulong)(uint)seed << 32) | (uint)stream;
        for (var i = 0; i < state.Length; i++)
        {
            split += 0x9E3779B97F4A7C15;
            var z = split;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            state[i] = z ^ (z >> 31);
        }
    }

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [low, high).</summary>
    public double Uniform(double low, double high) => low + (high - low) * Uniform();

    /// <summary>
    /// Nearly normal: the sum of twelve uniforms, so within ±6 deviations. It needs no logarithm, whose last bit may differ between machines.
    /// </summary>
    public double Normal(double mean, double deviation)
    {
        double sum = -6;
        for (var i = 0; i < 12; i++)
        {
            sum += Uniform();
        }

        return mean + deviation * sum;
    }

    private ulong Next()
    {
        var result = ulong.RotateLeft(state[1] * 5, 7) * 9;
        var t = state[1] << 17;
        state[2] ^= state[0];
        state[3] ^= state[1];
        state[1] ^= state[2];
        state[0] ^= state[3];
        state[2] ^= t;
        state[3] = ulong.RotateLeft(state[3], 45);
        return result;
    }
}

/// <summary>Slow irregular movement: five sines of random frequency within a band and random phase; standard deviation about one.</summary>
internal sealed class SmoothNoise
{
    private const int Sines = 5;

    /// <summary>Five sines of amplitude √(2/5) have unit variance.</summary>
    private const double Amplitude = 0.6324555320336759;

    private readonly double[] hz = new double[Sines];
    private readonly double[] phaseTurns = new double[Sines];

    public SmoothNoise(RandomSource random, double lowHz, double highHz)
    {
        for (var i = 0; i < Sines; i++)
        {
            hz[i] = random.Uniform(lowHz, highHz);
            phaseTurns[i] = random.Uniform();
        }
    }

    public double At(double seconds)
    {
        double sum = 0;
        for (var i = 0; i < Sines; i++)
        {
            sum += Sine.OfTurns(hz[i] * seconds + phaseTurns[i]);
        }

        return Amplitude * sum;
    }
}
