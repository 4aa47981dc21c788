using HarEdge.Core;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Cli.Web;

/// <summary>
/// Why a model scores one class above another for a window: the difference of the two scores, divided exactly among what the model measures.
/// Computed from the same integers as the scores, which the device's CRCs have shown to be its own.
/// </summary>
internal static class WindowReasons
{
    /// <summary>Divides the margin.</summary>
    /// <param name="model">The model.</param>
    /// <param name="stage">The stage its gate chose.</param>
    /// <param name="features">One value for each of its features.</param>
    /// <param name="best">The class that is ahead.</param>
    /// <param name="second">The class behind it.</param>
    /// <returns>The parts, the largest first; their sum with <see cref="MarginParts.Always"/> is the margin but for the rounding of two scores.</returns>
    public static MarginParts Of(FixedPointModel model, int stage, int[] features, int best, int second)
    {
        var chosen = model.Stages[stage];
        var (first, other) = (PositionOf(chosen, best), PositionOf(chosen, second));
        var parts = new double[model.Features.Count];
        var always = 0.0;
        if (chosen is LinearStage linear)
        {
            // In scores, a weighted sum is 2^ScoreShift steps too large.
            var one = Math.Pow(2, linear.ScoreShift);
            always = (linear.Bias[first] - linear.Bias[other]) / one;
            for (var i = 0; i < linear.Inputs.Count; i++)
            {
                // An input says something by how far it is from the middle of its range in training.
                var input = linear.Inputs[i];
                var middle = (input.Low + input.High) / 2.0;
                var weight = (linear.Weights[first][i] - linear.Weights[other][i]) / one;
                always += weight * middle;
                parts[input.Feature] += weight * (StageScorer.Input(input, features[input.Feature]) - middle);
            }
        }
        else if (chosen is TreeStage trees)
        {
            always = trees.Bias[first] - trees.Bias[other];
        }

        foreach (var tree in chosen.ScoreTrees.Where(tree => tree.Class == first || tree.Class == other))
        {
            always += Walk(tree, features, tree.Class == first ? 1 : -1, parts);
        }

        return new MarginParts(always / Classifier.ScoreOne, [.. parts.Select(part => part / Classifier.ScoreOne)]);
    }

    /// <summary>The parts in words of the body, those of the same words together, the largest first.</summary>
    public static IReadOnlyList<SnapshotReason> InWords(FixedPointModel model, MarginParts margin, int[] features, FeatureLayout layout) =>
    [
        .. margin.OfFeature.Select((part, feature) => (Part: part, Feature: feature)).Where(one => one.Part != 0)
            .GroupBy(one => BodyWords.Of(model.Features[one.Feature]))
            .Select(group => new SnapshotReason(
                group.Key,
                Math.Round(group.Sum(one => one.Part), 2),
                [
                    .. group.OrderByDescending(one => Math.Abs(one.Part)).Select(one => new SnapshotFeature(
                        model.Features[one.Feature], features[one.Feature], layout.Find(model.Features[one.Feature])!.Unit, Math.Round(one.Part, 2))),
                ]))
            .OrderByDescending(reason => Math.Abs(reason.Amount)),
    ];

    private static int PositionOf(Stage stage, int c)
    {
        for (var position = 0; position < stage.Classes.Count; position++)
        {
            if (stage.Classes[position] == c)
            {
                return position;
            }
        }

        throw new ArgumentException($"Class {c} is not scored by the stage {stage.Name}.", nameof(c));
    }

    // A split is worth how much the mean of the leaves below changes with the way it goes; the root's mean is what the tree says of any window.
    private static double Walk(ScoreTree tree, int[] features, int sign, double[] parts)
    {
        var means = new double[tree.Nodes.Count];
        var leaves = new int[tree.Nodes.Count];
        for (var i = tree.Nodes.Count - 1; i >= 0; i--)
        {
            var node = tree.Nodes[i];
            leaves[i] = node.Feature < 0 ? 1 : leaves[node.Left] + leaves[node.Right];
            means[i] = node.Feature < 0 ? node.Score : ((means[node.Left] * leaves[node.Left]) + (means[node.Right] * leaves[node.Right])) / leaves[i];
        }

        for (var at = 0; tree.Nodes[at].Feature >= 0;)
        {
            var node = tree.Nodes[at];
            var next = features[node.Feature] <= node.Threshold ? node.Left : node.Right;
            parts[node.Feature] += sign * (means[next] - means[at]);
            at = next;
        }

        return sign * means[0];
    }
}

/// <summary>A margin in natural logarithms, divided.</summary>
/// <param name="Always">What the model says of any window: biases, and inputs at the middle of their ranges.</param>
/// <param name="OfFeature">What each feature of this window adds, in the model's order.</param>
internal sealed record MarginParts(double Always, double[] OfFeature);

/// <summary>What features measure, in words of the body.</summary>
internal static class BodyWords
{
    /// <summary>What a feature measures.</summary>
    /// <param name="feature">Its name, such as "acov5.ax4": family with parameter, channel.</param>
    public static string Of(string feature)
    {
        var family = feature.Split('.')[0].TrimEnd("0123456789-".ToCharArray());
        var turns = feature.Contains(".g", StringComparison.Ordinal);
        return family switch
        {
            "drift" => turns ? "change of turning" : "change of posture",
            "cov" or "corr" => "how the directions of movement go together",
            "acov" or "acor" or "bin" or "band" or "cross" => turns ? "rhythm of turning" : "step rhythm",
            "jerk" or "jerkmax" => turns ? "jerks in turning" : "impacts",
            "var" or "dev" or "range" => turns ? "strength of turning" : "strength of movement",
            _ when turns => "speed of turning",
            _ when feature.Contains(".am", StringComparison.Ordinal) || feature.Contains(".av", StringComparison.Ordinal) => "strength of movement",
            _ => "trunk tilt",
        };
    }
}
