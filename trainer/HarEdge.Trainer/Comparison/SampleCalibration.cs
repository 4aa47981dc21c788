using HarEdge.Core;
using HarEdge.Trainer.Telemetry;

namespace HarEdge.Trainer.Comparison;

/// <summary>
/// Does to raw samples what the device says it does ($HC of docs/SPEC.md): zero rates off, then both vectors turned. The numbers come over
/// the wire, so that this also checks the device's own account of its calibration.
/// </summary>
internal sealed class SampleCalibration
{
    private readonly int[] zero = new int[3];
    private readonly int[] matrix = new int[9];

    public SampleCalibration() => Clear();

    /// <summary>Samples pass unchanged.</summary>
    public void Clear()
    {
        Array.Clear(zero);
        Array.Clear(matrix);
        matrix[0] = matrix[4] = matrix[8] = GravityReference.One;
    }

    /// <summary>From now on as a record says.</summary>
    public void Set(CalibrationRecord record)
    {
        for (var i = 0; i < zero.Length; i++)
        {
            zero[i] = record.GyroZeroCounts[i];
        }

        for (var i = 0; i < matrix.Length; i++)
        {
            matrix[i] = record.RotationQ14[i];
        }
    }

    /// <summary>Calibrates one sample of six counts in place.</summary>
    public void Apply(Span<short> sample)
    {
        for (var axis = 0; axis < 3; axis++)
        {
            sample[3 + axis] = Limit(sample[3 + axis] - (long)zero[axis]);
        }

        Turn(sample[..3]);
        Turn(sample[3..]);
    }

    // A record may hold any 32-bit number, hence long: three products below 2^47.
    private void Turn(Span<short> v)
    {
        long x = v[0];
        long y = v[1];
        long z = v[2];
        for (var row = 0; row < 3; row++)
        {
            var sum = (matrix[3 * row] * x) + (matrix[(3 * row) + 1] * y) + (matrix[(3 * row) + 2] * z);
            v[row] = Limit((sum + (GravityReference.One / 2)) >> GravityReference.Bits);
        }
    }

    private static short Limit(long value) => (short)Math.Clamp(value, short.MinValue, short.MaxValue);
}
