using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;
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

/// <summary>
/// cos(w·x + b) of scaled features x with random normal w and uniform b: inner products of such columns approximate the Gaussian
/// kernel (Rahimi and Recht, Random Features for Large-Scale Kernel Machines, 2007).
/// </summary>
internal sealed class RandomFourierFeatures : IEmbedding
{
    // A tile of rows stays in the second-level cache while every direction passes by: 64 rows of 1,000 features are 256 kB.
    private const int TileRows = 64;

    private readonly ColumnScaling scaling;
    private readonly float[][] directions;
    private readonly float[] phases;

    /// <summary>Draws directions, all scaled by one factor so that w·x has a given spread over the windows.</summary>
    /// <param name="table">Windows of training people.</param>
    /// <param name="transforms">One for each column of the table.</param>
    /// <param name="count">Columns to make.</param>
    /// <param name="spread">Standard deviation of w·x in radians: small bends little (nearly linear), large tells only near neighbors alike.</param>
    /// <param name="seed">Seed of the directions.</param>
    internal RandomFourierFeatures(WindowTable table, IReadOnlyList<InputTransform> transforms, int count, double spread, int seed)
    {
        scaling = new ColumnScaling(table, transforms);
        var random = new Random(seed);
        var normal = new NormalNumbers(random);
        directions = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, table.Columns).Select(_ => (float)normal.Next()).ToArray())];
        phases = [.. Enumerable.Range(0, count).Select(_ => (float)(2 * Math.PI * random.NextDouble()))];
        var columns = scaling.ScaleColumns(table);

        // Scaled columns have a variance of 1, or of 0 where they never vary: that of w·x is the number of the former on average.
        var varying = columns.Count(column => Array.Exists(column, value => value != 0));
        var factor = (float)(spread / Math.Sqrt(Math.Max(1, varying)));
        foreach (var direction in directions)
        {
            for (var i = 0; i < direction.Length; i++)
            {
                direction[i] *= factor;
            }
        }
    }

    /// <inheritdoc/>
    public float[][] Columns(WindowTable table)
    {
        var scaled = scaling.ScaleColumns(table);
        var columns = directions.Select(_ => new float[table.Rows]).ToArray();
        Parallel.For(0, (table.Rows + TileRows - 1) / TileRows, tile =>
        {
            var first = tile * TileRows;
            var rows = new float[Math.Min(TileRows, table.Rows - first)][];
            for (var row = 0; row < rows.Length; row++)
            {
                rows[row] = new float[scaled.Length];
                for (var feature = 0; feature < scaled.Length; feature++)
                {
                    rows[row][feature] = scaled[feature][first + row];
                }
            }

            for (var column = 0; column < columns.Length; column++)
            {
                for (var row = 0; row < rows.Length; row++)
                {
                    columns[column][first + row] = MathF.Cos(InnerProducts.Product(rows[row], directions[column]) + phases[column]);
                }
            }
        });
        return columns;
    }
}
