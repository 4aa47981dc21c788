using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Teachers;

/// <summary>A teacher that has learned.</summary>
internal abstract class TrainedTeacher : IDisposable
{
    /// <summary>Scores of every row: logarithms of probabilities up to a constant a row.</summary>
    public abstract ClassScores Score(WindowTable table);

    /// <summary>Rows × classes probabilities.</summary>
    public float[][] Probabilities(WindowTable table) => Score(table).Softmax();

    /// <summary>The most probable class of every row.</summary>
    public int[] Classify(WindowTable table) => Score(table).BestClasses();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what is held outside of managed memory.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
