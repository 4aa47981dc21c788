using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Learning;

/// <summary>Questions to the probabilities of classes, rows × classes.</summary>
internal static class ClassProbabilities
{
    /// <summary>The most probable class; ties go to the lowest.</summary>
    internal static int BestClass(float[] probabilities) => Array.IndexOf(probabilities, probabilities.Max());

    /// <summary>For each window whether its label is the most probable class.</summary>
    internal static bool[] AreRight(WindowTable windows, float[][] probabilities) =>
        [.. Enumerable.Range(0, windows.Rows).Select(row => BestClass(probabilities[row]) == windows.Labels[row])];
}
