namespace HarEdge.Trainer.Telemetry.Records;

/// <summary>The calibration that holds for all samples after one.</summary>
/// <param name="Sequence">Of the line.</param>
/// <param name="Sample">Number of the last sample before it.</param>
/// <param name="GyroZeroCounts">Taken off gx gy gz.</param>
/// <param name="RotationQ14">Nine elements, row by row; 16384 is one.</param>
public sealed record CalibrationRecord(int Sequence, int Sample, IReadOnlyList<int> GyroZeroCounts, IReadOnlyList<int> RotationQ14)
    : TelemetryRecord(Sequence)
{
    internal static CalibrationRecord Read(int sequence, ref FieldReader fields) =>
        new(sequence, fields.Int(0, int.MaxValue), Ints(ref fields, 3), Ints(ref fields, 9));

    private static int[] Ints(ref FieldReader fields, int count)
    {
        var values = new int[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = fields.Int();
        }

        return values;
    }
}
