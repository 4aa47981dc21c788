using HarEdge.DeviceTwin.Simulation;

namespace HarEdge.Trainer.Tests.Diagnosis;

/// <summary>A sensor that lies still, with gravity along x as the committed model knows it, and a little noise.</summary>
/// <param name="milliG">What gravity measures along x: 1000 worn right, −1000 upside down.</param>
internal sealed class Posture(int milliG) : IMotionSource
{
    private const int CountsPerG = 8192;

    public bool TryRead(long index, Span<short> counts)
    {
        var random = new Random((int)index);
        for (var channel = 0; channel < counts.Length; channel++)
        {
            counts[channel] = (short)(random.Next(-3, 4) + (channel == 0 ? milliG * CountsPerG / 1000 : 0));
        }

        return true;
    }
}
