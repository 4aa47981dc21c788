using HarEdge.Core;
using HarEdge.Trainer.Comparison;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Telemetry;

namespace HarEdge.Trainer.Diagnosis;

/// <summary>Where gravity points in raw samples of a quiet second, against where it pointed while people stood in the training data.</summary>
/// <param name="model">Knows the nominal direction.</param>
internal sealed class OrientationCheck(FixedPointModel model)
{
    // A person who stands still stays within this; see firmware/Core/StillStretch.cs for the device's own measure.
    private const int QuietRangeMilliG = 150;
    private const double UpsideDownDegrees = 120;
    private const double TurnedDegrees = 45;

    private readonly SampleCalibration calibration = new();
    private readonly Queue<short[]> second = new();
    private double[]? gravity;
    private bool isAligned;

    /// <summary>Takes the next record.</summary>
    public void Take(TelemetryRecord record)
    {
        switch (record)
        {
            case CalibrationRecord said:
                calibration.Set(said);
                isAligned = said.RotationQ14[0] != GravityReference.One || said.RotationQ14[4] != GravityReference.One;
                second.Clear();
                break;
            case RawBlockRecord raw:
                for (var i = 0; i < raw.SampleCount; i++)
                {
                    Add(raw.Counts.AsSpan(i * SensorScale.ChannelCount, SensorScale.ChannelCount).ToArray());
                }

                break;
        }
    }

    /// <summary>What it found; only the last quiet second counts.</summary>
    public IEnumerable<CheckResult> Results()
    {
        if (gravity is null)
        {
            yield return new CheckResult(
                CheckState.Skipped,
                "orientation",
                "No quiet second of raw samples came, so where gravity points is not known.",
                "A band worn upside down sees other motions than the model learned.",
                "Hold BOOT for two seconds (recording mode) while this listens, and stand still; or give --command-port.");
            yield break;
        }

        var milliG = Length(gravity) * 1000 / CountsPerG;
        yield return Math.Abs(milliG - 1000) <= StillStretch.GravityToleranceMilliG
            ? CheckResult.Good("gravity", $"{milliG / 1000:0.00} g at rest")
            : new CheckResult(
                CheckState.Bad,
                "gravity",
                $"Gravity measures {milliG / 1000:0.00} g at rest.",
                "All features of the accelerometer are off by as much.",
                "Check that the model's range is the sensor's; else use another sensor.");
        if (model.NominalGravity is { } nominal)
        {
            yield return Orientation(Degrees(gravity, [nominal[0], nominal[1], nominal[2]]));
        }
    }

    private double CountsPerG => 32768.0 / model.Signal.Range.AccelG;

    private CheckResult Orientation(double degrees)
    {
        var how = isAligned ? " after wear calibration" : "";
        if (degrees <= TurnedDegrees)
        {
            return CheckResult.Good("orientation", $"gravity is {degrees:0}° from where the model expects it{how}");
        }

        var isUpsideDown = degrees >= UpsideDownDegrees;
        return new CheckResult(
            isUpsideDown ? CheckState.Bad : CheckState.Note,
            "orientation",
            $"Gravity is {degrees:0}° from where the model expects it{how}: {(isUpsideDown ? "the sensor is upside down" : "the sensor is turned, or lies")}.",
            "The model was trained with people standing upright and the sensor worn one way.",
            "Wear it with the X arrow up (hardware/WIRING.md), stand still, and press BOOT briefly: wear calibration takes out a tilt.");
    }

    private void Add(short[] sample)
    {
        calibration.Apply(sample);
        second.Enqueue(sample);
        if (second.Count <= SensorScale.SampleRateHz)
        {
            return;
        }

        second.Dequeue();
        if (Enumerable.Range(0, 3).All(axis => second.Max(s => s[axis]) - second.Min(s => s[axis]) <= QuietRangeMilliG * CountsPerG / 1000))
        {
            gravity = [.. Enumerable.Range(0, 3).Select(axis => second.Average(s => s[axis]))];
        }
    }

    private static double Length(double[] v) => Math.Sqrt(v.Sum(x => x * x));

    private static double Degrees(double[] a, double[] b) =>
        Math.Acos(Math.Clamp(a.Zip(b, (x, y) => x * y).Sum() / (Length(a) * Length(b)), -1, 1)) * 180 / Math.PI;
}

/// <summary>How a check came out.</summary>
internal enum CheckState
{
    /// <summary>All is well.</summary>
    Good,

    /// <summary>Worth knowing; nothing fails because of it.</summary>
    Note,

    /// <summary>Something will not work.</summary>
    Bad,

    /// <summary>It could not be checked.</summary>
    Skipped,
}

/// <summary>One thing that was examined.</summary>
/// <param name="State">How it came out.</param>
/// <param name="Check">What was examined, two or three words.</param>
/// <param name="Finding">What was found, one sentence.</param>
/// <param name="Why">Why it matters, one sentence; null when all is well.</param>
/// <param name="Remedy">What to do, one sentence; null when all is well.</param>
internal sealed record CheckResult(CheckState State, string Check, string Finding, string? Why = null, string? Remedy = null)
{
    /// <summary>All is well.</summary>
    public static CheckResult Good(string check, string finding) => new(CheckState.Good, check, finding);
}
