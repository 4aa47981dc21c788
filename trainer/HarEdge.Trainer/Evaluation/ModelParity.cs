using HarEdge.Core;
using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Evaluation;

/// <summary>The comparison every model must pass: the trainer's arithmetic, the generated code compiled in memory, and that code on the device twin.</summary>
internal static class ModelParity
{
    /// <summary>Runs all three over recordings.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sources">Its generated files.</param>
    /// <param name="recordings">What to run over.</param>
    /// <param name="progress">Receives the share of recordings done.</param>
    public static ParityReport Run(
        FixedPointModel model, GeneratedSources sources, IReadOnlyList<Recording> recordings, IProgress<StepProgress>? progress = null)
    {
        using var compiled = sources.Compile();
        IInferenceBackend[] backends =
        [
            new TrainerBackend(model),
            new PipelineBackend("generated code", compiled.Classifier),
            new TwinBackend(compiled.Classifier, compiled.KnownAnswers),
        ];
        return ParityCheck.Run(model, backends, recordings, progress);
    }
}

/// <summary>Bit-exact comparison of the ways a model can run, summed over recordings.</summary>
/// <param name="Backends">What was compared, for example "trainer", "generated code", "device twin".</param>
/// <param name="Windows">Windows compared.</param>
/// <param name="FeatureMismatches">Single feature values that differ.</param>
/// <param name="ScoreMismatches">Single class scores that differ.</param>
/// <param name="LabelMismatches">Windows whose class, stage or filtered decision differs, and windows one backend lacks.</param>
/// <param name="FirstMismatch">Recording, sample and both sides of the first difference, in words; null when there is none.</param>
public sealed record ParityReport(
    IReadOnlyList<string> Backends, int Windows, int FeatureMismatches, int ScoreMismatches, int LabelMismatches, string? FirstMismatch)
{
    /// <summary>All kinds together; anything but 0 is a failure.</summary>
    public int Mismatches => FeatureMismatches + ScoreMismatches + LabelMismatches;
}

/// <summary>Runs a model in several ways over recordings and compares every value of every window with the first way's.</summary>
internal static class ParityCheck
{
    /// <summary>Compares; recordings run side by side on all cores, the report does not depend on how many there are.</summary>
    /// <param name="model">Gives features and classes their names.</param>
    /// <param name="backends">At least two; the first is the reference.</param>
    /// <param name="recordings">What to run over.</param>
    /// <param name="progress">Receives the share of recordings done.</param>
    public static ParityReport Run(
        FixedPointModel model, IReadOnlyList<IInferenceBackend> backends, IReadOnlyList<Recording> recordings, IProgress<StepProgress>? progress = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(backends.Count, 2);
        var tallies = new ParityTally[recordings.Count];
        var done = 0;
        Parallel.For(0, recordings.Count, i =>
        {
            tallies[i] = Compare(model, backends, recordings[i]);
            progress?.Report(new StepProgress("parity", (double)Interlocked.Increment(ref done) / recordings.Count));
        });
        return new ParityReport(
            [.. backends.Select(backend => backend.Name)],
            tallies.Sum(tally => tally.Windows),
            tallies.Sum(tally => tally.FeatureMismatches),
            tallies.Sum(tally => tally.ScoreMismatches),
            tallies.Sum(tally => tally.LabelMismatches),
            tallies.Select(tally => tally.FirstMismatch).FirstOrDefault(mismatch => mismatch is not null));
    }

    private static ParityTally Compare(FixedPointModel model, IReadOnlyList<IInferenceBackend> backends, Recording recording)
    {
        var reference = backends[0].Run(recording).ToList();
        var tally = new ParityTally(model, recording, backends[0].Name) { Windows = reference.Count };
        foreach (var backend in backends.Skip(1))
        {
            Compare(tally, reference, backend.Name, backend.Run(recording));
        }

        return tally;
    }

    // Both sides ascend in time: walk them side by side, so that a window one of them lacks does not shift the rest.
    private static void Compare(ParityTally tally, List<WindowAnswer> reference, string backend, IEnumerable<WindowAnswer> answers)
    {
        var expected = 0;
        foreach (var actual in answers)
        {
            for (; expected < reference.Count && reference[expected].StartSample < actual.StartSample; expected++)
            {
                tally.AddMissing(reference[expected], backend);
            }

            if (expected < reference.Count && reference[expected].StartSample == actual.StartSample)
            {
                tally.Add(reference[expected], backend, actual);
                expected++;
            }
            else
            {
                tally.AddSurplus(actual, backend);
            }
        }

        for (; expected < reference.Count; expected++)
        {
            tally.AddMissing(reference[expected], backend);
        }
    }
}

/// <summary>Differences between the reference and the other backends on one recording: counts, and the first one in words.</summary>
/// <param name="model">For names.</param>
/// <param name="recording">For words.</param>
/// <param name="reference">Name of the reference.</param>
internal sealed class ParityTally(FixedPointModel model, Recording recording, string reference)
{
    public required int Windows { get; init; }

    public int FeatureMismatches { get; private set; }

    public int ScoreMismatches { get; private set; }

    public int LabelMismatches { get; private set; }

    public string? FirstMismatch { get; private set; }

    /// <summary>Compares two answers for the same window.</summary>
    public void Add(WindowAnswer expected, string backend, WindowAnswer actual)
    {
        FeatureMismatches += Compare(expected, backend, expected.Features, actual.Features, i => $"feature {model.Features[i]}");
        ScoreMismatches += Compare(expected, backend, expected.Scores, actual.Scores, i => $"score of {model.Classes[i]}");
        var differs = Differs("stage", expected.Stage, actual.Stage, StageName)
            | Differs("window class", expected.WindowClass, actual.WindowClass, ClassName)
            | Differs("confidence", expected.ConfidencePercent, actual.ConfidencePercent, percent => $"{percent} %")
            | Differs("decision", expected.Decision, actual.Decision, ClassName);
        LabelMismatches += differs ? 1 : 0;

        bool Differs(string what, int left, int right, Func<int, string> name)
        {
            if (left != right)
            {
                Remember(expected, what, name(left), backend, name(right));
            }

            return left != right;
        }
    }

    /// <summary>A window only the reference has.</summary>
    public void AddMissing(WindowAnswer expected, string backend) => AddLonely(expected, reference, backend);

    /// <summary>A window only the other backend has.</summary>
    public void AddSurplus(WindowAnswer actual, string backend) => AddLonely(actual, backend, reference);

    private void AddLonely(WindowAnswer answer, string present, string absent)
    {
        LabelMismatches++;
        FirstMismatch ??= $"{Place(answer)}: {present} has an answer, {absent} has none";
    }

    private int Compare(WindowAnswer expected, string backend, int[] left, int[] right, Func<int, string> name)
    {
        var mismatches = Math.Abs(left.Length - right.Length);
        if (mismatches > 0)
        {
            Remember(expected, "number of values where the first is " + name(0), $"{left.Length}", backend, $"{right.Length}");
        }

        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            if (left[i] != right[i])
            {
                mismatches++;
                Remember(expected, name(i), $"{left[i]}", backend, $"{right[i]}");
            }
        }

        return mismatches;
    }

    private void Remember(WindowAnswer expected, string what, string left, string backend, string right) =>
        FirstMismatch ??= $"{Place(expected)}, {what}: {reference} says {left}, {backend} says {right}";

    private string Place(WindowAnswer answer) => $"{recording.DataSet} {recording.Name}, window from sample {answer.StartSample}";

    private string StageName(int stage) => stage >= 0 && stage < model.Stages.Count ? $"{stage} ({model.Stages[stage].Name})" : $"{stage}";

    private string ClassName(int c) => c >= 0 && c < model.Classes.Count ? model.Classes[c] : c == Classifier.Unknown ? "unknown" : $"class {c}";
}
