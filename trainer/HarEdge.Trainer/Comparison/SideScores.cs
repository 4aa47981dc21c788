using HarEdge.Core;
using HarEdge.Trainer.Evaluation;

namespace HarEdge.Trainer.Comparison;

/// <summary>One side's answers against the labels, on windows of one activity.</summary>
/// <param name="Windows">Each window by itself.</param>
/// <param name="Decisions">After the temporal filter, where it gave a class.</param>
internal sealed record SideScores(ClassificationScores Windows, ClassificationScores Decisions)
{
    /// <summary>Counts right and wrong.</summary>
    /// <param name="classes">Class names.</param>
    /// <param name="answers">Label, person and verdict of each window.</param>
    internal static SideScores Of(IReadOnlyList<string> classes, IReadOnlyList<(int Label, string Subject, WindowVerdict Verdict)> answers)
    {
        return new SideScores(Score(answers, verdict => verdict.WindowClass), Score(answers, verdict => verdict.Decision));

        ClassificationScores Score(IEnumerable<(int Label, string Subject, WindowVerdict Verdict)> all, Func<WindowVerdict, int> prediction)
        {
            var known = all.Where(answer => prediction(answer.Verdict) != Classifier.Unknown && prediction(answer.Verdict) < classes.Count).ToList();
            return ClassificationScores.Of(
                classes, [.. known.Select(answer => answer.Label)], [.. known.Select(answer => prediction(answer.Verdict))], [.. known.Select(answer => answer.Subject)]);
        }
    }
}
