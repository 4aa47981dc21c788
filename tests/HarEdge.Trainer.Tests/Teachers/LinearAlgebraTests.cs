using HarEdge.Core;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;

namespace HarEdge.Trainer.Tests.Teachers;

public sealed class LinearAlgebraTests
{
    [Fact]
    public void Inner_products_are_those_of_plain_double_arithmetic() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 2100], Gen.Int[0, 1000]).Sample(
            (columns, rows, seed) =>
            {
                var random = new Random(seed);
                var data = Enumerable.Range(0, columns)
                    .Select(_ => Enumerable.Range(0, rows).Select(_ => (float)((random.NextDouble() * 2) - 1)).ToArray()).ToArray();
                var products = InnerProducts.Of(data);
                for (var i = 0; i < columns; i++)
                {
                    var j = (i * 7) % columns;
                    Assert.Equal(data[i].Zip(data[j], (a, b) => (double)a * b).Sum(), products[i, j], 1e-3);
                    Assert.Equal(products[i, j], products[j, i]);
                }
            },
            iter: 20);

    [Fact]
    public void The_discriminant_of_two_blobs_lies_between_them()
    {
        // One column, classes around −1 and 3 with equal spread and share: the scores meet at 1.
        float[] values = [-2, -1, 0, 2, 3, 4];
        var discriminant = LinearDiscriminant.Fit([(float[])values.Clone()], [0, 0, 0, 1, 1, 1], 2, shrinkage: 0);
        var scores = discriminant.Score([[1f, 0.9f, 1.1f]]);
        Assert.Equal(scores[0][0], scores[0][1], 1e-5);
        Assert.Equal([0, 0, 1], scores.BestClasses());

        // Gaussians with variance 2/3: the logarithm of the odds grows by 4 / (2/3) a unit.
        Assert.Equal(0.6, scores[2][1] - scores[2][0], 1e-5);
    }

    [Fact]
    public void A_constant_column_changes_nothing()
    {
        float[] values = [-2, -1, 0, 2, 3, 4];
        int[] labels = [0, 0, 0, 1, 1, 1];
        var alone = LinearDiscriminant.Fit([(float[])values.Clone()], labels, 2, 0).Score([values]);
        var beside = LinearDiscriminant.Fit([(float[])values.Clone(), new float[6]], labels, 2, 0).Score([values, new float[6]]);
        for (var row = 0; row < 6; row++)
        {
            Assert.Equal(alone[row][1] - alone[row][0], beside[row][1] - beside[row][0], 1e-6);
        }
    }

    [Fact]
    public void Energies_are_logarithms_and_means_are_not()
    {
        var layout = new FeatureLayout(128);
        var transforms = FeatureTransforms.Of(layout);
        foreach (var (name, expected) in new[]
        {
            ("var.ax", InputTransform.SignedLog2Q8), ("dev.ax", InputTransform.SignedLog2Q8), ("acov16.gx", InputTransform.SignedLog2Q8),
            ("cov.ax.ay", InputTransform.SignedLog2Q8), ("drift.ay", InputTransform.SignedLog2Q8), ("sum.ax", InputTransform.Identity),
            ("corr.ax.ay", InputTransform.Identity), ("cross.ax", InputTransform.Identity), ("min.ax", InputTransform.Identity),
        })
        {
            Assert.Equal(expected, transforms[layout.Find(name).Index]);
        }
    }
}
