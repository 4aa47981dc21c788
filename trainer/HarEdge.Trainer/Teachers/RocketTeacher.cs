using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Teachers;

/// <summary>
/// A teacher for raw windows: random convolutions, of each the share of samples above a bias, and a linear discriminant on top
/// (after MiniRocket). It knows nothing of the features, hence errs elsewhere than they do.
/// </summary>
internal sealed class RocketTeacher : Teacher
{
    private const double Shrinkage = 0.1;

    /// <inheritdoc/>
    public override string Name => "random convolutions";

    /// <inheritdoc/>
    protected override TrainedTeacher Learn(WindowTable table, int seed, CancellationToken cancellation)
    {
        var features = new ConvolutionFeatures(table, seed);
        cancellation.ThrowIfCancellationRequested();
        return new EmbeddedDiscriminant(features, table, Shrinkage);
    }
}
