using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Teachers.Embedding;
using HarEdge.Trainer.Teachers.Fourier;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Teachers;

/// <summary>
/// A kernel machine: a linear discriminant over random Fourier features of all scaled features. It bends the borders a linear
/// discriminant draws straight. Settings by cross-validation over HAPT's training people.
/// </summary>
/// <param name="transforms">One for each column.</param>
internal sealed class FourierTeacher(IReadOnlyList<InputTransform> transforms) : Teacher
{
    private const int FewestColumns = 64;
    private const int MostColumns = 1500;
    private const double SpreadRadians = 0.5;
    private const double Shrinkage = 0.1;

    /// <inheritdoc/>
    public override string Name => "kernel machine, random Fourier features";

    /// <inheritdoc/>
    protected override TrainedTeacher Learn(WindowTable table, int seed, CancellationToken cancellation)
    {
        // More columns than windows cost time and tell nothing.
        var embedding = new RandomFourierFeatures(table, transforms, Math.Clamp(table.Rows, FewestColumns, MostColumns), SpreadRadians, seed);
        cancellation.ThrowIfCancellationRequested();
        return new EmbeddedDiscriminant(embedding, table, Shrinkage);
    }
}
