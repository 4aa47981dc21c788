using System.Text.Json.Serialization;
using HarEdge.Core;

namespace HarEdge.Trainer.FixedPoint;

/// <summary>A leaf of the gate: it computes features and scores classes in units of 1/256 natural logarithm.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(LinearStage), "linear")]
[JsonDerivedType(typeof(TreeStage), "trees")]
[JsonDerivedType(typeof(ClassStage), "class")]
public abstract record Stage
{
    /// <summary>Name for tables: "static", "dynamic", "all".</summary>
    [JsonPropertyOrder(-2)]
    public required string Name { get; init; }

    /// <summary>Classes (indices, ascending) it considers; the others stay not scored.</summary>
    [JsonPropertyOrder(-1)]
    public required IReadOnlyList<int> Classes { get; init; }

    /// <summary>
    /// Steps of the confidence table, ascending in margin: the first entry whose margin is not below the window's gives the
    /// percent; above the last entry, the last percent holds. At least one entry.
    /// </summary>
    public required IReadOnlyList<ConfidenceStep> Confidence { get; init; }

    /// <summary>Trees of which one leaf each is added to a class's score, whatever the kind of stage.</summary>
    [JsonIgnore]
    public IReadOnlyList<ScoreTree> ScoreTrees => this switch
    {
        LinearStage linear => linear.Trees ?? [],
        TreeStage trees => trees.Trees,
        _ => [],
    };

    /// <summary>The confidence table's percent at a margin; see <see cref="Core.Classifier.ConfidencePercent"/>.</summary>
    public int ConfidencePercent(int margin)
    {
        foreach (var step in Confidence)
        {
            if (margin <= step.Margin)
            {
                return step.Percent;
            }
        }

        return Confidence[^1].Percent;
    }
}

/// <summary>Up to this margin (score steps) the best class is correct in so many percent of windows.</summary>
public sealed record ConfidenceStep(int Margin, int Percent);

/// <summary>
/// score[c] = round((Bias[c] + Σ Weights[c][i] · input[i]) / 2^ScoreShift) + the sum of one leaf of each of the class's trees, where
/// input[i] = clamp((transformed feature) >> Shift, Low, High). ScoreShift is at least 1; round is (v + 2^(s−1)) >> s.
/// All sums fit an int; loading proves it.
/// </summary>
public sealed record LinearStage : Stage
{
    /// <summary>What goes into the sums.</summary>
    public required IReadOnlyList<LinearInput> Inputs { get; init; }

    /// <summary>Start of each class's sum, in the order of Classes.</summary>
    public required IReadOnlyList<int> Bias { get; init; }

    /// <summary>For each class (in the order of Classes) one 16-bit weight an input.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Weights { get; init; }

    /// <summary>Bits the sums are shifted down to become scores, 1 to 24.</summary>
    public required int ScoreShift { get; init; }

    /// <summary>Corrections for what no weighted sum separates; null when there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ScoreTree>? Trees { get; init; }
}

/// <summary>How a feature becomes an input of a linear stage.</summary>
/// <param name="Feature">Index in the model's own numbering.</param>
/// <param name="Transform">Identity or SignedLog2Q8 of FixedMath.</param>
/// <param name="Shift">Arithmetic right shift after the transform, 0 to 30.</param>
/// <param name="Low">Lower limit after the shift.</param>
/// <param name="High">Upper limit after the shift.</param>
public sealed record LinearInput(int Feature, InputTransform Transform, int Shift, int Low, int High);

/// <summary>Transform before the shift.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InputTransform>))]
public enum InputTransform
{
    /// <summary>The feature itself.</summary>
    Identity,

    /// <summary>FixedMath.SignedLog2Q8 of the feature: energies become comparable.</summary>
    SignedLog2Q8,
}

/// <summary>score[c] = Bias[c] + the sum of one leaf of each of the class's trees.</summary>
public sealed record TreeStage : Stage
{
    /// <summary>Start of each class's sum, in the order of Classes.</summary>
    public required IReadOnlyList<int> Bias { get; init; }

    /// <summary>The ensemble; a class may have none.</summary>
    public required IReadOnlyList<ScoreTree> Trees { get; init; }
}

/// <summary>A regression tree for one class; the first node is the root.</summary>
/// <param name="Class">Position in the stage's Classes.</param>
/// <param name="Nodes">Splits and leaves.</param>
public sealed record ScoreTree(int Class, IReadOnlyList<ScoreNode> Nodes);

/// <summary>
/// Split: to Left when feature ≤ threshold, else to Right (indices above this one). Leaf: Feature −1, Score its contribution.
/// </summary>
public sealed record ScoreNode(int Feature, int Threshold, int Left, int Right, int Score)
{
    /// <summary>A leaf with its score.</summary>
    public static ScoreNode Leaf(int score) => new(-1, 0, -1, -1, score);

    /// <summary>A split.</summary>
    public static ScoreNode Split(int feature, int threshold, int left, int right) => new(feature, threshold, left, right, 0);
}

/// <summary>Always the same class, with score 0 and no rival: a plain decision tree is a gate with these leaves.</summary>
public sealed record ClassStage : Stage;

/// <summary>Scores the classes of one stage from the model's features, in checked 32-bit arithmetic.</summary>
internal static class StageScorer
{
    /// <summary>Fills the scores; classes the stage does not consider get <see cref="Classifier.NotScored"/>.</summary>
    /// <param name="stage">A stage.</param>
    /// <param name="features">One value for each of the model's features.</param>
    /// <param name="scores">Receives one score for each of the model's classes.</param>
    public static void ScoreInto(Stage stage, int[] features, int[] scores)
    {
        Array.Fill(scores, Classifier.NotScored);
        for (var position = 0; position < stage.Classes.Count; position++)
        {
            var start = stage switch
            {
                LinearStage linear => Linear(linear, position, features),
                TreeStage trees => trees.Bias[position],
                _ => 0,
            };
            scores[stage.Classes[position]] = WithTrees(start, stage.ScoreTrees, position, features);
        }
    }

    /// <summary>The value of an input of a linear stage.</summary>
    public static int Input(LinearInput input, int feature) =>
        FixedMath.Clamp(Transform(input.Transform, feature) >> input.Shift, input.Low, input.High);

    /// <summary>A feature's value as linear models see it, before shift and limits.</summary>
    public static int Transform(InputTransform transform, int feature) =>
        transform == InputTransform.SignedLog2Q8 ? FixedMath.SignedLog2Q8(feature) : feature;

    private static int Linear(LinearStage stage, int position, int[] features)
    {
        checked
        {
            var sum = stage.Bias[position] + (1 << (stage.ScoreShift - 1));
            var weights = stage.Weights[position];
            for (var i = 0; i < weights.Count; i++)
            {
                sum += weights[i] * Input(stage.Inputs[i], features[stage.Inputs[i].Feature]);
            }

            return sum >> stage.ScoreShift;
        }
    }

    private static int WithTrees(int start, IReadOnlyList<ScoreTree> trees, int position, int[] features)
    {
        checked
        {
            var sum = start;
            foreach (var tree in trees)
            {
                if (tree.Class == position)
                {
                    sum += Leaf(tree, features);
                }
            }

            return sum;
        }
    }

    private static int Leaf(ScoreTree tree, int[] features)
    {
        var node = tree.Nodes[0];
        while (node.Feature >= 0)
        {
            node = tree.Nodes[features[node.Feature] <= node.Threshold ? node.Left : node.Right];
        }

        return node.Score;
    }
}
