using HarEdge.Core;

namespace HarEdge.Trainer.FixedPoint;

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
