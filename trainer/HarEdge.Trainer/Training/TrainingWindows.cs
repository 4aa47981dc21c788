using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Datasets.Signals;
using HarEdge.Trainer.Datasets.Synthetic;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Training;

/// <summary>The windows a training run works on.</summary>
/// <param name="Layout">Features of the columns.</param>
/// <param name="TrainingSet">Labelled windows of training people at half the device's hop or as the recipe says, and of further versions of their recordings: more to learn from.</param>
/// <param name="Device">All windows of training people at the device's hop, unlabelled ones included.</param>
/// <param name="Test">Labelled windows of test people at the device's hop.</param>
internal sealed record TrainingWindows(
    FeatureLayout Layout, WindowTable TrainingSet, WindowTable Device, WindowTable Test)
{
    /// <summary>For each row of <see cref="Device"/> whether it is known to be none of the classes.</summary>
    public required IReadOnlyList<bool> IsOutOfClass { get; init; }

    /// <summary>All windows of test people at the device's hop, unlabelled ones included.</summary>
    public required WindowTable TestStream { get; init; }

    /// <summary>Share of a window's samples that must carry one label; see <see cref="WindowLabel"/>.</summary>
    public required double LeastLabelShare { get; init; }

    /// <summary>What the user must know about the labels.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>
    /// Cuts them. A window must lie wholly inside an activity; where an activity has no such window, the majority of its samples
    /// decides for all windows, and a note says so.
    /// </summary>
    /// <exception cref="InputException">A class has no window to learn from or to test on.</exception>
    public static TrainingWindows Of(
        DataSplit split, IReadOnlyList<string> classes, TrainingOptions options, IProgress<StepProgress>? progress)
    {
        var whole = Of(split, classes, options, WindowLabel.Whole, progress);
        var empty = whole.EmptyClasses;
        if (empty.Count == 0)
        {
            return whole;
        }

        var note = $"Too few windows lie wholly inside {string.Join(", ", empty)}: every window counts for the activity that fills most of it.";
        var majority = Of(split, classes, options, WindowLabel.Majority, progress) with { Notes = [note] };
        majority.RequireEveryClass(options);
        return majority;
    }

    private IReadOnlyList<string> EmptyClasses =>
        [.. Enumerable.Range(0, TrainingSet.Classes.Count).Where(c => !TrainingSet.Labels.Contains(c) || !Test.Labels.Contains(c)).Select(c => TrainingSet.Classes[c])];

    private static TrainingWindows Of(
        DataSplit split, IReadOnlyList<string> classes, TrainingOptions options, double labelShare, IProgress<StepProgress>? progress)
    {
        var fine = TrainingSetExtractor(split, options, labelShare);
        var all = fine.Extract(split.Train, classes, keepUnlabelled: true, progress);
        var test = new WindowExtractor(options.WindowSamples, options.HopSamples, labelShare, split.Upright)
            .Extract(split.Test, classes, keepUnlabelled: true, progress, "features of the test people");
        var trainingSet = all.Labelled();
        trainingSet = WithVersions(trainingSet, fine, split, options, progress);
        var device = all.Select([.. Enumerable.Range(0, all.Rows).Where(row => WindowExtractor.IsOnHop(split.Train[all.RecordingOfRow[row]], all.StartSample[row], options.HopSamples))]);
        return new TrainingWindows(fine.Layout, trainingSet, device, test.Labelled())
        {
            TestStream = test,
            LeastLabelShare = labelShare,
            IsOutOfClass = OutOfClassWindows.Find(device, split.Train, options.WindowSamples, ClassUnion.OutOfClass),
        };
    }

    /// <summary>These training windows, made without versions, and those of the further versions that a recipe asks for.</summary>
    /// <param name="split">The recordings the training windows were cut from.</param>
    /// <param name="options">The options they were cut by, with the recipe's variation.</param>
    /// <param name="progress">Receives the share of recordings done.</param>
    public WindowTable TrainingSetWithAugmentation(DataSplit split, TrainingOptions options, IProgress<StepProgress>? progress) =>
        WithVersions(TrainingSet, TrainingSetExtractor(split, options, LeastLabelShare), split, options, progress);

    private static WindowExtractor TrainingSetExtractor(DataSplit split, TrainingOptions options, double labelShare) =>
        WindowExtractor.Finer(options.WindowSamples, options.HopSamples, options.Recipe.WindowsPerHop, labelShare, split.Upright);

    /// <summary>How many parts of the progress <see cref="Of(DataSplit, IReadOnlyList{string}, TrainingOptions, IProgress{StepProgress}?)"/> reports at most.</summary>
    public static int Parts(TrainingOptions options) => options.Recipe.Variation.Copies == 0 ? 2 : 3;

    // Versions of one person's recordings would lie in the blocks of time they are judged on.
    private static WindowTable WithVersions(
        WindowTable trainingSet, WindowExtractor fine, DataSplit split, TrainingOptions options, IProgress<StepProgress>? progress)
    {
        if (options.Recipe.Variation.Copies == 0 || trainingSet.Subjects.Count <= 1)
        {
            return trainingSet;
        }

        // Another day's wearing is calibrated, too: what a tilt leaves is a turn about gravity, and what an offset does to it.
        var versions = options.Recipe.Variation.Of(split.Wear?.TrainAsWorn ?? split.Train, options.Range, options.Seed);
        var turned = split.Wear?.Turned(versions).All ?? versions;
        return trainingSet.Append(fine.Extract(turned, trainingSet.Classes, keepUnlabelled: false, progress, "features of further versions"));
    }

    private void RequireEveryClass(TrainingOptions options)
    {
        var empty = Enumerable.Range(0, TrainingSet.Classes.Count).Where(c => !TrainingSet.Labels.Contains(c)).ToList();
        if (empty.Count > 0 || Test.Rows == 0)
        {
            throw new InputException(
                empty.Count > 0
                    ? $"No window to learn from for class {string.Join(", ", empty.Select(c => TrainingSet.Classes[c]))}."
                    : "The test people have no window that lies in one labelled activity.",
                $"Each class needs stretches of about {options.WindowSamples} samples ({(double)options.WindowSamples / SensorScale.SampleRateHz:F2} s) "
                + "without a gap; record more, choose a shorter window with --window, or leave the class out with --classes.");
        }
    }
}

/// <summary>
/// How else a recording might have come out: the sensor worn a little turned, with another unit's gains and offsets, the wearer a
/// little faster or slower. Each is drawn once for a recording, normally distributed with the given standard deviation; 0 leaves
/// it as it is.
/// </summary>
internal sealed record WearAugmentation
{
    /// <summary>No version but the recording.</summary>
    public static readonly WearAugmentation None = new() { Copies = 0 };

    /// <summary>A careful wearer and a good sensor.</summary>
    public static readonly WearAugmentation Mild = new() { Copies = 1, RotationDegrees = 3, GainShare = 0.01, AccelOffsetMilliG = 10, GyroOffsetDps = 1 };

    /// <summary>Further versions of every training recording.</summary>
    public int Copies { get; init; } = 2;

    /// <summary>Rotation about each axis, degrees.</summary>
    public double RotationDegrees { get; init; } = 8;

    /// <summary>Gain of each channel, as a share.</summary>
    public double GainShare { get; init; } = 0.03;

    /// <summary>Offset of each acceleration, milli-g.</summary>
    public double AccelOffsetMilliG { get; init; } = 40;

    /// <summary>Offset of each rotation rate, °/s.</summary>
    public double GyroOffsetDps { get; init; } = 3;

    /// <summary>Speed of the wearer, as a share.</summary>
    public double SpeedShare { get; init; }

    /// <summary>All further versions; each keeps its wearer, so that folds by person stay apart.</summary>
    /// <param name="recordings">Recordings in counts.</param>
    /// <param name="range">Ranges of the counts.</param>
    /// <param name="seed">Seed of the versions; one recording's do not depend on the others.</param>
    public IReadOnlyList<Recording> Of(IReadOnlyList<Recording> recordings, SensorRange range, int seed)
    {
        var versions = new Recording[recordings.Count * Copies];
        Parallel.For(0, versions.Length, i =>
        {
            var original = recordings[i / Copies];
            var random = new RandomSource(seed, i);
            var paced = AtOtherSpeed(original, random.Normal(1, SpeedShare));
            versions[i] = OnOtherSensor(paced, range, random) with { Name = $"{original.Name}, version {1 + i % Copies}" };
        });
        return versions;
    }

    // Gravity keeps its length whatever the speed; rates of rotation follow it, which 10 % more or less hides in the gain.
    private Recording AtOtherSpeed(Recording recording, double speed)
    {
        if (SpeedShare == 0)
        {
            return recording;
        }

        var resampler = new Resampler(SensorScale.SampleRateHz, SensorScale.SampleRateHz * speed);
        var source = recording.Channels.Select(channel => Array.ConvertAll(channel, count => (double)count)).ToArray();
        var runs = recording.Runs.Select(run => (Old: run, New: resampler.TargetRun(run))).ToList();
        var samples = runs.Max(run => run.New.End);
        var channels = recording.Channels.Select(_ => new short[samples]).ToArray();
        var labels = new short[samples];
        Array.Fill(labels, (short)-1);
        var output = new double[channels.Length];
        foreach (var (old, paced) in runs)
        {
            for (var i = paced.Start; i < paced.End; i++)
            {
                resampler.SampleInto(output, source, i, old);
                labels[i] = recording.Labels[resampler.NearestSlot(i, old)];
                for (var c = 0; c < channels.Length; c++)
                {
                    channels[c][i] = Count(output[c]);
                }
            }
        }

        return recording with { Channels = channels, Labels = labels, Runs = [.. runs.Select(run => run.New)] };
    }

    private Recording OnOtherSensor(Recording recording, SensorRange range, RandomSource random)
    {
        var turn = Orientation.FromDegrees(random.Normal(0, RotationDegrees), random.Normal(0, RotationDegrees), random.Normal(0, RotationDegrees));
        var accelOffset = AccelOffsetMilliG * SensorScale.AccelCountsPerG(range.AccelG) / 1000;
        var gyroOffset = GyroOffsetDps * SensorScale.GyroCountsPer10Dps(range.GyroDps) / 10;
        var gains = recording.Channels.Select(_ => random.Normal(1, GainShare)).ToArray();
        var offsets = recording.Channels.Select((_, c) => random.Normal(0, c < ChannelId.Gx ? accelOffset : gyroOffset)).ToArray();
        var channels = recording.Channels.Select(channel => new short[channel.Length]).ToArray();
        for (var first = 0; first < (recording.HasGyroscope ? channels.Length : ChannelId.Gx); first += 3)
        {
            var (x, y, z) = (recording.Channels[first], recording.Channels[first + 1], recording.Channels[first + 2]);
            for (var i = 0; i < x.Length; i++)
            {
                var turned = turn.ToSensor(new Vector(x[i], y[i], z[i]));
                channels[first][i] = Count(gains[first] * turned.X + offsets[first]);
                channels[first + 1][i] = Count(gains[first + 1] * turned.Y + offsets[first + 1]);
                channels[first + 2][i] = Count(gains[first + 2] * turned.Z + offsets[first + 2]);
            }
        }

        return recording with { Channels = channels };
    }

    // Rounded and clipped as the chip would.
    private static short Count(double value) =>
        (short)Math.Clamp(Math.Round(value, MidpointRounding.AwayFromZero), short.MinValue, short.MaxValue);
}
