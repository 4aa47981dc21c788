using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Teachers;

/// <summary>
/// A linear discriminant over all features, energies as logarithms. On people never seen it is the best single teacher for
/// windows of these features, and it is learned in about a second.
/// </summary>
/// <param name="transforms">One for each column, see <see cref="FeatureTransforms"/>.</param>
/// <param name="shrinkage">
/// How far the covariance is drawn towards a sphere, 0 to below 1: little tells postures apart, much tells gaits apart.
/// </param>
internal sealed class LinearTeacher(IReadOnlyList<InputTransform> transforms, double shrinkage = LinearTeacher.Little) : Teacher
{
    /// <summary>Shrinkage that did best over all six activities in cross-validation over HAPT's training people.</summary>
    public const double Little = 0.03;

    /// <summary>Shrinkage that did best for the three gaits there.</summary>
    public const double Much = 0.6;

    /// <inheritdoc/>
    public override string Name => FormattableString.Invariant($"linear discriminant, shrinkage {shrinkage}");

    /// <inheritdoc/>
    protected override TrainedTeacher Learn(WindowTable table, int seed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(table);
        var scaling = new ColumnScaling(table, transforms);
        var columns = scaling.ScaleColumns(table);
        return new Trained(scaling, LinearDiscriminant.Fit(columns, table.Labels, table.Classes.Count, shrinkage));
    }

    private sealed class Trained(ColumnScaling scaling, LinearDiscriminant discriminant) : TrainedTeacher
    {
        public override ClassScores Score(WindowTable table) => discriminant.Score(scaling.ScaleColumns(table));
    }
}
