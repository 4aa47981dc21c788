using HarEdge.Trainer.Learning;

namespace HarEdge.Trainer.Teachers.MlNet;

/// <summary>
/// The classes that have rows, numbered without gaps: ML.NET's trainers want a row of each. A class without one, as in a fold,
/// gets a score far below all others.
/// </summary>
internal sealed class PresentClasses
{
    // Probabilities of exactly 0 have no logarithm; below a millionth the estimate means nothing.
    private const double LeastProbability = 1e-6;
    private const double NeverScore = -1e6;

    private readonly int[] present;
    private readonly int classes;

    /// <summary>Finds the classes of labels, each 0 to <paramref name="classes"/> − 1.</summary>
    internal PresentClasses(IEnumerable<int> labels, int classes)
    {
        present = [.. labels.Distinct().Order()];
        this.classes = classes;
    }

    /// <summary>Number of classes with rows.</summary>
    internal int Count => present.Length;

    /// <summary>The number of a class among the present ones, from 0.</summary>
    internal uint NumberOf(int label) => (uint)Array.IndexOf(present, label);

    /// <summary>Logarithms of probabilities of the present classes, for all classes.</summary>
    internal ClassScores Scores(IReadOnlyList<float[]> probabilities)
    {
        var scores = new ClassScores(probabilities.Count, classes);
        for (var row = 0; row < scores.Rows; row++)
        {
            scores[row].Fill(NeverScore);
            for (var i = 0; i < present.Length; i++)
            {
                // A trainer that gives up on a window says NaN; the lowest probability says the same as a number.
                scores[row][present[i]] = Math.Log(Math.Max(LeastProbability, float.IsNaN(probabilities[row][i]) ? 0 : probabilities[row][i]));
            }
        }

        return scores;
    }
}
