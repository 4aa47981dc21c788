using HarEdge.Trainer.Datasets.Signals;

namespace HarEdge.Trainer.Datasets.Synthetic;

/// <summary>Slow irregular movement: five sines of random frequency within a band and random phase; standard deviation about one.</summary>
internal sealed class SmoothNoise
{
    private const int Sines = 5;

    /// <summary>Five sines of amplitude √(2/5) have unit variance.</summary>
    private const double Amplitude = 0.6324555320336759;

    private readonly double[] _hz = new double[Sines];
    private readonly double[] _phaseTurns = new double[Sines];

    public SmoothNoise(RandomSource random, double lowHz, double highHz)
    {
        for (int i = 0; i < Sines; i++)
        {
            _hz[i] = random.Uniform(lowHz, highHz);
            _phaseTurns[i] = random.Uniform();
        }
    }

    public double At(double seconds)
    {
        double sum = 0;
        for (int i = 0; i < Sines; i++)
        {
            sum += Sine.OfTurns(_hz[i] * seconds + _phaseTurns[i]);
        }

        return Amplitude * sum;
    }
}
