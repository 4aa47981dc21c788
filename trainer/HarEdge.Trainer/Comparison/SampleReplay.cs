using HarEdge.Core;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.Telemetry;

namespace HarEdge.Trainer.Comparison;

/// <summary>
/// Steps the trainer's model with exactly the raw samples a device sends: it starts over where the device does, applies the calibration the
/// device names, and joins in the middle as soon as it knows the device's calibration and the beat of its windows. Comes in: records. Goes
/// out: the desktop's verdict on every window whose samples are all known.
/// </summary>
internal sealed class SampleReplay
{
    private readonly Pipeline pipeline;
    private readonly int windowSamples;
    private readonly int hopSamples;
    private readonly SampleCalibration calibration = new();
    private readonly Queue<CalibrationRecord> calibrations = new();
    private readonly Queue<int> restarts = new();
    private readonly Action<WindowVerdict, bool> onWindow;
    private bool isCalibrationKnown;
    private bool isFilterKnown;
    private int lastSample;

    // Number of the last sample of any window of the device since it last started over; windows end a whole number of hops away. −1: none known.
    private int beat = -1;

    /// <param name="classifier">The trainer's model.</param>
    /// <param name="onWindow">Receives a verdict, and whether its decision can be compared, too.</param>
    public SampleReplay(Classifier classifier, Action<WindowVerdict, bool> onWindow)
    {
        pipeline = new Pipeline(classifier);
        windowSamples = classifier.WindowSamples;
        hopSamples = classifier.HopSamples;
        this.onWindow = onWindow;
    }

    /// <summary>Number of the first window end that this stretch of samples answers; no window ends here while int.MaxValue.</summary>
    public int FirstAnswer { get; private set; } = int.MaxValue;

    /// <summary>Number of the last sample stepped.</summary>
    public int LastSample => lastSample;

    /// <summary>The desktop's answer to the last window, set before the verdict is handed over; null before the first.</summary>
    public WindowAnswer? LastAnswer { get; private set; }

    /// <summary>Raw samples taken.</summary>
    public long Samples { get; private set; }

    /// <summary>The device boots: nothing is calibrated, and its first sample begins a window.</summary>
    public void Boot()
    {
        Forget();
        calibration.Clear();
        isCalibrationKnown = true;
        restarts.Enqueue(0);
    }

    /// <summary>Lines were lost, and with them perhaps a change of calibration or a start.</summary>
    public void Forget()
    {
        calibrations.Clear();
        restarts.Clear();
        isCalibrationKnown = false;
        beat = -1;
        FirstAnswer = int.MaxValue;
        lastSample = 0;
    }

    /// <summary>The device starts a window over after a sample.</summary>
    public void StartOver(int sample)
    {
        restarts.Enqueue(sample);
        beat = -1;
    }

    /// <summary>A calibration holds after a sample.</summary>
    public void Take(CalibrationRecord record) => calibrations.Enqueue(record);

    /// <summary>A window of the device ends with a sample.</summary>
    public void NoteDecision(int sample) => beat = sample;

    /// <summary>Steps the samples of a block.</summary>
    public void Take(RawBlockRecord block)
    {
        if (block.First != lastSample + 1)
        {
            // Recording was off in between, or the stream was joined here.
            FirstAnswer = int.MaxValue;
        }

        Span<short> sample = stackalloc short[SensorScale.ChannelCount];
        for (var i = 0; i < block.SampleCount; i++)
        {
            var number = block.First + i;
            Prepare(number);
            block.Counts.AsSpan(i * SensorScale.ChannelCount, SensorScale.ChannelCount).CopyTo(sample);
            calibration.Apply(sample);
            lastSample = number;
            Samples++;
            if (FirstAnswer < int.MaxValue && pipeline.Step(sample[0], sample[1], sample[2], sample[3], sample[4], sample[5]))
            {
                var answer = PipelineBackend.Answer(pipeline, number + 1 - windowSamples);
                LastAnswer = answer;
                onWindow(WindowVerdict.Of(answer, number), isFilterKnown);
            }
        }
    }

    // What the device did between the sample before and this one.
    private void Prepare(int number)
    {
        while (calibrations.TryPeek(out var next) && next.Sample < number)
        {
            calibration.Set(calibrations.Dequeue());
            isCalibrationKnown = true;
        }

        while (restarts.TryPeek(out var restart) && restart < number)
        {
            restarts.Dequeue();
            FirstAnswer = int.MaxValue;
            if (restart == number - 1)
            {
                beat = restart + windowSamples;
                Begin(number, isFilterKnown: true);
            }
        }

        if (FirstAnswer == int.MaxValue && beat >= 0 && (number + windowSamples - 1 - beat) % hopSamples == 0)
        {
            Begin(number, isFilterKnown: false);
        }
    }

    private void Begin(int number, bool isFilterKnown)
    {
        if (isCalibrationKnown)
        {
            pipeline.Restart();
            this.isFilterKnown = isFilterKnown;
            FirstAnswer = number + windowSamples - 1;
        }
    }
}

/// <summary>
/// Does to raw samples what the device says it does ($HC of docs/SPEC.md): gyroscope bias off, then both vectors turned. The numbers come over
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

/// <summary>What one side says about one window, as far as it is sent.</summary>
/// <param name="Sample">Number of the window's last sample.</param>
/// <param name="WindowClass">Best class of the window alone.</param>
/// <param name="Decision">Class after the temporal filter, or Classifier.Unknown.</param>
/// <param name="Stage">The stage the gate chose.</param>
/// <param name="ConfidencePercent">Calibrated probability of <paramref name="WindowClass"/>.</param>
/// <param name="MarginQ8">Best score minus second best, 1/256 of a natural logarithm.</param>
/// <param name="FeatureCrc">CRC-16 of the features.</param>
/// <param name="ScoreCrc">CRC-16 of the scores.</param>
internal sealed record WindowVerdict(
    int Sample, int WindowClass, int Decision, int Stage, int ConfidencePercent, int MarginQ8, int FeatureCrc, int ScoreCrc)
{
    /// <summary>The device's side.</summary>
    public static WindowVerdict Of(DecisionRecord said) => new(
        said.Sample, said.WindowClass, said.Decision, said.Stage, said.ConfidencePercent, said.MarginQ8, said.FeatureCrc, said.ScoreCrc);

    /// <summary>The desktop's side.</summary>
    /// <param name="answer">Of the trainer's model.</param>
    /// <param name="sample">The device's number of the window's last sample.</param>
    public static WindowVerdict Of(WindowAnswer answer, int sample) => new(
        sample,
        answer.WindowClass,
        answer.Decision,
        answer.Stage,
        answer.ConfidencePercent,
        ArgMax.Margin(answer.Scores, answer.WindowClass),
        Crc16.OfInts(answer.Features),
        Crc16.OfInts(answer.Scores));

    /// <summary>Whether both sides are the same bit for bit.</summary>
    /// <param name="other">The other side.</param>
    /// <param name="withDecision">False when the temporal filter's past is not known, so that only the window itself can be compared.</param>
    public bool Agrees(WindowVerdict other, bool withDecision) => withDecision ? this == other : this == other with { Decision = Decision };

    /// <summary>In words, with the classes' names.</summary>
    public string Describe(IReadOnlyList<string> classes) =>
        $"{Name(WindowClass, classes)} at {ConfidencePercent} % (decision {Name(Decision, classes)}, stage {Stage}, margin {MarginQ8}, "
        + $"features CRC {FeatureCrc:X4}, scores CRC {ScoreCrc:X4})";

    private static string Name(int c, IReadOnlyList<string> classes) =>
        c == Classifier.Unknown ? "UNKNOWN" : c >= 0 && c < classes.Count ? classes[c] : $"class {c}";
}

/// <summary>A window on which device and desktop differ, or which only one of them has.</summary>
/// <param name="Place">Which window, in words: the beginning of a sentence.</param>
/// <param name="Sample">The device's number of the window's last sample.</param>
/// <param name="Desktop">The desktop's side; null when it has no such window.</param>
/// <param name="Device">The device's side; null when it said nothing.</param>
internal sealed record Divergence(string Place, int Sample, WindowVerdict? Desktop, WindowVerdict? Device)
{
    /// <summary>Both sides in one sentence.</summary>
    public string Describe(IReadOnlyList<string> classes) =>
        $"{Place}: the desktop says {Side(Desktop, classes)}, the device {Side(Device, classes)}";

    private static string Side(WindowVerdict? side, IReadOnlyList<string> classes) => side?.Describe(classes) ?? "nothing";
}
