using HarEdge.Core;
using HarEdge.Core.Kernels;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Training;

/// <summary>
/// What the device's wear calibration does, done to recordings: three seconds of standing still turn measured gravity onto the
/// model's nominal direction, by Core's own GravityReference.
/// </summary>
internal static class WearCalibration
{
    /// <summary>Class during which gravity is measured.</summary>
    public const string StandingClass = "STANDING";

    /// <summary>Mean acceleration while standing, every person weighing alike, in counts; null when nobody stands.</summary>
    /// <param name="recordings">Recordings whose labels index <paramref name="classes"/>.</param>
    /// <param name="classes">Class names.</param>
    public static IReadOnlyList<int>? NominalGravity(IReadOnlyList<Recording> recordings, IReadOnlyList<string> classes)
    {
        var standing = IndexOf(classes);
        var people = recordings
            .GroupBy(Windows.WindowExtractor.SubjectKey)
            .Select(person => person.SelectMany(recording => SamplesOf(recording, standing).Select(i => (recording, i))).ToList())
            .Where(samples => samples.Count > 0)
            .ToList();
        if (people.Count == 0)
        {
            return null;
        }

        int Mean(int axis) => (int)Math.Round(people.Average(samples => samples.Average(s => (double)s.recording.Channels[axis][s.i])));
        int[] gravity = [Mean(0), Mean(1), Mean(2)];
        return gravity.Any(component => component != 0) ? gravity : null;
    }

    /// <summary>
    /// Recordings as a calibrated device would see them. The three seconds themselves lose their label: nothing is learned from them and
    /// nobody is judged by them, for the device decides nothing until they are over.
    /// </summary>
    /// <param name="recordings">Recordings whose labels index <paramref name="classes"/>.</param>
    /// <param name="classes">Class names.</param>
    /// <param name="nominal">Nominal gravity x, y, z in counts.</param>
    /// <param name="range">Ranges of the counts.</param>
    public static CalibratedRecordings Apply(
        IReadOnlyList<Recording> recordings, IReadOnlyList<string> classes, IReadOnlyList<int> nominal, SensorRange range)
    {
        var standing = IndexOf(classes);
        var turned = recordings.Select(recording =>
        {
            var (still, end) = FirstStillStretch(recording, standing, range);
            return still is null ? null : Turn(recording, still, end, nominal);
        }).ToList();
        return new CalibratedRecordings(
            [.. turned.Select((recording, i) => recording ?? recordings[i])], [.. recordings.Where((_, i) => turned[i] is null)]);
    }

    private static int IndexOf(IReadOnlyList<string> classes) => Enumerable.Range(0, classes.Count).FirstOrDefault(i => classes[i] == StandingClass, -1);

    private static IEnumerable<int> SamplesOf(Recording recording, int label) => label < 0
        ? []
        : recording.Runs.SelectMany(run => Enumerable.Range(run.Start, run.Length)).Where(i => recording.Labels[i] == label);

    // As on the device: three seconds without a pause in which no channel moves beyond its limit, and the sample after them.
    private static (StillStretch? Still, int End) FirstStillStretch(Recording recording, int standing, SensorRange range)
    {
        var accelLimit = SensorScale.AccelCountsPerG(range.AccelG) * StillStretch.StandingMilliG / 1000;
        var gyroLimit = SensorScale.GyroCountsPer10Dps(range.GyroDps) * StillStretch.StandingDps / 10;
        var stretch = new StillStretch(StillStretch.StandingSamples);
        var last = -2;
        foreach (var i in SamplesOf(recording, standing))
        {
            if (i != last + 1)
            {
                stretch.Restart();
            }

            last = i;
            var c = recording.Channels;
            if (stretch.Push(c[0][i], c[1][i], c[2][i], c[3][i], c[4][i], c[5][i]))
            {
                if (stretch.IsStill(accelLimit, gyroLimit))
                {
                    return (stretch, i + 1);
                }

                stretch.Restart();
            }
        }

        return (null, 0);
    }

    private static Recording Turn(Recording recording, StillStretch still, int end, IReadOnlyList<int> nominal)
    {
        var reference = new GravityReference();
        if (!reference.Align(still.Sum(0), still.Sum(1), still.Sum(2), nominal[0], nominal[1], nominal[2]))
        {
            return recording;
        }

        var channels = recording.Channels.Select(channel => (short[])channel.Clone()).ToArray();
        for (var first = 0; first < SensorScale.ChannelCount; first += 3)
        {
            var (x, y, z) = (recording.Channels[first], recording.Channels[first + 1], recording.Channels[first + 2]);
            for (var i = 0; i < x.Length; i++)
            {
                channels[first][i] = reference.X(x[i], y[i], z[i]);
                channels[first + 1][i] = reference.Y(x[i], y[i], z[i]);
                channels[first + 2][i] = reference.Z(x[i], y[i], z[i]);
            }
        }

        var labels = (short[])recording.Labels.Clone();
        Array.Fill(labels, (short)-1, end - StillStretch.StandingSamples, StillStretch.StandingSamples);
        return recording with { Channels = channels, Labels = labels };
    }
}

/// <summary>Recordings turned where someone stood still for three seconds, and those that stayed as worn because nobody did.</summary>
internal sealed record CalibratedRecordings(IReadOnlyList<Recording> All, IReadOnlyList<Recording> AsWorn)
{
    /// <summary>A sentence for the user, or nothing when all could be turned.</summary>
    public IReadOnlyList<string> Notes => AsWorn.Count == 0
        ? []
        :
        [
            $"{AsWorn.Count} of {All.Count} recordings have no three seconds of {WearCalibration.StandingClass} without movement and stay as worn.",
        ];
}

/// <summary>Wearers who stand still first: how the recordings of a split, and further versions of them, are turned.</summary>
/// <param name="Classes">Class names.</param>
/// <param name="Nominal">Where gravity ends up while they stand: x, y, z in counts.</param>
/// <param name="Range">Ranges of the counts.</param>
/// <param name="TrainAsWorn">The recordings to learn from, before they were turned.</param>
internal sealed record CalibratedWear(
    IReadOnlyList<string> Classes, IReadOnlyList<int> Nominal, SensorRange Range, IReadOnlyList<Recording> TrainAsWorn)
{
    private const string NoteOnChoice =
        "Without a gyroscope only the direction of gravity tells sitting from standing, so this model expects wearers who stand still for three seconds first, and so did those it was "
        + "tested on, as with --wear-calibration. --as-worn makes one that expects nothing.";

    /// <summary>Recordings to test on in which nobody stood still: they could not be turned.</summary>
    public IReadOnlyList<Recording> TestAsWorn { get; init; } = [];

    /// <summary><see cref="Nominal"/>, as Tilt.Pack gives it.</summary>
    public int Upright => Tilt.Pack(Nominal[0], Nominal[1], Nominal[2]);

    /// <summary>The split as the options want it: of wearers who stood still first, or as worn.</summary>
    /// <param name="options">Without a choice, recordings of an accelerometer alone are turned where most of those to learn from can be.</param>
    /// <param name="split">Recordings as worn.</param>
    /// <param name="classes">Class names.</param>
    /// <param name="nominal">Where gravity shall end up; null when nobody stands.</param>
    /// <exception cref="InputException">Wear calibration is asked for and nobody in training stands.</exception>
    public static DataSplit Chosen(TrainingOptions options, DataSplit split, IReadOnlyList<string> classes, IReadOnlyList<int>? nominal)
    {
        if (options.WearCalibration is { } isAsked)
        {
            return isAsked ? Of(split, classes, nominal, options.Range) : split;
        }

        if (options.HasGyroscope || nominal is null)
        {
            return split;
        }

        var wear = new CalibratedWear(classes, nominal, options.Range, split.Train);
        var train = wear.Turned(split.Train);
        if (2 * train.AsWorn.Count > split.Train.Count)
        {
            return split;
        }

        var turned = wear.Of(split, train);
        return turned with { Notes = [NoteOnChoice, .. turned.Notes] };
    }

    /// <summary>The split as devices see it whose wearers stood still for three seconds first.</summary>
    /// <param name="split">Recordings as worn.</param>
    /// <param name="classes">Class names.</param>
    /// <param name="nominal">Where gravity shall end up; null when nobody stands.</param>
    /// <param name="range">Ranges of the counts.</param>
    /// <exception cref="InputException">Nobody in training stands.</exception>
    public static DataSplit Of(DataSplit split, IReadOnlyList<string> classes, IReadOnlyList<int>? nominal, SensorRange range)
    {
        if (nominal is null)
        {
            throw new InputException(
                $"Wear calibration needs people standing still, and no training recording is labelled {WearCalibration.StandingClass}.",
                $"Leave out --wear-calibration, or map the class with --map OTHER={WearCalibration.StandingClass}.",
                exitCode: 2);
        }

        var wear = new CalibratedWear(classes, nominal, range, split.Train);
        return wear.Of(split, wear.Turned(split.Train));
    }

    private DataSplit Of(DataSplit split, CalibratedRecordings train)
    {
        var test = Turned(split.Test);
        return split with
        {
            Train = train.All,
            Test = test.All,
            Notes = [.. split.Notes, .. train.Notes, .. test.Notes],
            Name = split.Name + ", wear-calibrated",
            Wear = this with { TestAsWorn = test.AsWorn },
        };
    }

    /// <summary>Recordings as worn, turned each by its own three seconds of standing still.</summary>
    public CalibratedRecordings Turned(IReadOnlyList<Recording> recordings) => WearCalibration.Apply(recordings, Classes, Nominal, Range);
}
