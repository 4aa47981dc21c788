using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Comparison;

/// <summary>Compares the device's decisions on replayed runs with the trainer's, and both with the labels.</summary>
/// <param name="model">The trainer's model.</param>
internal sealed class ReplayTally(FixedPointModel model)
{
    private readonly PipelineLeg trainer = new("trainer", new InterpretedClassifier(model));
    private readonly List<(int Label, string Subject, WindowVerdict Verdict)> device = [];
    private readonly List<(int Label, string Subject, WindowVerdict Verdict)> desktop = [];

    public int Windows { get; private set; }

    public int Divergences { get; private set; }

    public int LostDecisions { get; private set; }

    public Divergence? First { get; private set; }

    public SideScores? Device => device.Count == 0 ? null : SideScores.Of(model.Classes, device);

    public SideScores? Desktop => desktop.Count == 0 ? null : SideScores.Of(model.Classes, desktop);

    /// <summary>Takes in a run the device has stepped.</summary>
    /// <param name="set">The run's data set.</param>
    /// <param name="recording">Its recording, cut to what was sent.</param>
    /// <param name="firstSample">The device's number of the run's first sample.</param>
    /// <param name="said">Everything the device decided meanwhile.</param>
    /// <param name="hasLost">Whether lines were lost meanwhile.</param>
    public void Add(DataSet set, Recording recording, int firstSample, IEnumerable<DecisionRecord> said, bool hasLost)
    {
        var run = recording.Runs[0];
        var labels = ClassUnion.Relabel(recording, set.Classes, model.Classes).Labels;
        var decided = said.GroupBy(decision => decision.Sample).ToDictionary(group => group.Key, group => group.First());
        foreach (var answer in trainer.Run(recording))
        {
            var expected = WindowVerdict.Of(answer, firstSample + answer.StartSample - run.Start + model.Signal.WindowSamples - 1);
            if (decided.Remove(expected.Sample, out var decision))
            {
                Compare(recording, labels, answer, expected, decision);
            }
            else if (hasLost)
            {
                LostDecisions++;
            }
            else
            {
                Note(recording, answer.StartSample, expected, null);
            }
        }

        foreach (var surplus in decided.Values.Select(WindowVerdict.Of))
        {
            Note(recording, run.Start + surplus.Sample - firstSample + 1 - model.Signal.WindowSamples, null, surplus);
        }
    }

    private void Compare(Recording recording, short[] labels, WindowAnswer answer, WindowVerdict expected, DecisionRecord decision)
    {
        Windows++;
        var actual = WindowVerdict.Of(decision);
        if (!expected.Agrees(actual, withDecision: true))
        {
            Note(recording, answer.StartSample, expected, actual);
        }

        var label = WindowLabel.Of(labels.AsSpan(answer.StartSample, model.Signal.WindowSamples), WindowLabel.Whole);
        if (label >= 0)
        {
            desktop.Add((label, WindowExtractor.SubjectKey(recording), expected));
            device.Add((label, WindowExtractor.SubjectKey(recording), actual));
        }
    }

    private void Note(Recording recording, int startSample, WindowVerdict? expected, WindowVerdict? actual)
    {
        Divergences++;
        First ??= new Divergence(
            $"{recording.DataSet} {recording.Name}, window from sample {startSample}", (expected ?? actual)!.Sample, expected, actual);
    }
}
