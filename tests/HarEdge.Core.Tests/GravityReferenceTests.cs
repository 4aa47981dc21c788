namespace HarEdge.Core.Tests;

public class GravityReferenceTests
{
    private static readonly Gen<int> Component = Gen.Int[-1_200_000, 1_200_000];

    private static readonly Gen<(int X, int Y, int Z)> Direction =
        Gen.Select(Component, Component, Component).Where(v => Length(v.Item1, v.Item2, v.Item3) > 100_000).Select(v => (v.Item1, v.Item2, v.Item3));

    [Fact]
    public void A_fresh_reference_changes_nothing()
    {
        var reference = new GravityReference();
        Assert.True(reference.IsIdentity);
        Assert.Equal((-32768, 32767, 5), (reference.X(-32768, 32767, 5), reference.Y(-32768, 32767, 5), reference.Z(-32768, 32767, 5)));
    }

    [Fact]
    public void Measured_gravity_ends_within_two_hundredths_of_a_degree_of_nominal() =>
        Gen.Select(Direction, Direction).Sample((measured, nominal) =>
        {
            var (_, cosine) = Align(measured, nominal);
            Assert.True(Math.Acos(Math.Min(1, cosine)) * 180 / Math.PI < 0.02, $"{cosine}");
        });

    [Fact]
    public void Nearly_opposite_directions_are_turned_as_well() =>
        Gen.Select(Direction, Gen.Int[-3000, 3000], Gen.Int[-3000, 3000]).Sample((nominal, dx, dy) =>
        {
            var (_, cosine) = Align((-nominal.X + dx, -nominal.Y + dy, -nominal.Z), nominal);
            Assert.True(Math.Acos(Math.Min(1, cosine)) * 180 / Math.PI < 0.02, $"{cosine}");
        });

    [Fact]
    public void The_matrix_is_a_rotation() =>
        Gen.Select(Direction, Direction).Sample((measured, nominal) =>
        {
            var (r, _) = Align(measured, nominal);
            for (var i = 0; i < 3; i++)
            {
                for (var j = 0; j < 3; j++)
                {
                    var dot = 0.0;
                    for (var k = 0; k < 3; k++)
                    {
                        dot += r.Element((3 * i) + k) * (double)r.Element((3 * j) + k);
                    }

                    Assert.Equal(i == j ? 1 : 0, dot / GravityReference.One / GravityReference.One, 0.0003);
                }
            }

            Assert.Equal(1, Determinant(r), 0.0005);
        });

    [Fact]
    public void Elements_are_within_one_step_of_the_exact_rotation() =>
        Gen.Select(Direction, Direction).Where(p => Cosine(p.Item1, p.Item2) > -0.98).Sample((measured, nominal) =>
        {
            var (r, _) = Align(measured, nominal);
            var exact = Rodrigues(measured, nominal);
            for (var i = 0; i < 9; i++)
            {
                Assert.Equal(exact[i] * GravityReference.One, r.Element(i), 1.1);
            }
        });

    [Fact]
    public void Any_sample_survives_any_rotation() =>
        Gen.Select(Direction, Direction, Gen.Short, Gen.Short, Gen.Short).Sample((measured, nominal, x, y, z) =>
        {
            var (r, _) = Align(measured, nominal);
            var turned = Length(r.X(x, y, z), r.Y(x, y, z), r.Z(x, y, z));
            Assert.True(turned <= (Length(x, y, z) * 1.0003) + 1);
        });

    [Fact]
    public void Extremes_of_every_sign_fit_their_sums()
    {
        short[] extremes = [-32768, 32767];
        var (r, _) = Align((1, 1, 1), (1, 0, 0));
        foreach (var x in extremes)
        {
            foreach (var y in extremes)
            {
                foreach (var z in extremes)
                {
                    Assert.InRange(r.X(x, y, z), short.MinValue, short.MaxValue);
                }
            }
        }

        Assert.Equal(32767, r.X(32767, 32767, 32767));
        Assert.Equal(-32768, r.X(-32768, -32768, -32768));
    }

    [Theory]
    [InlineData(0, 0, 0, 1, 0, 0)]
    [InlineData(1, 0, 0, 0, 0, 0)]
    public void Without_a_direction_nothing_changes(int x, int y, int z, int nx, int ny, int nz)
    {
        var reference = new GravityReference();
        Assert.False(reference.Align(x, y, z, nx, ny, nz));
        Assert.True(reference.IsIdentity);
    }

    [Fact]
    public void Clearing_brings_the_identity_back()
    {
        var (r, _) = Align((1, 2, 3), (3, 2, 1));
        r.Clear();
        Assert.True(r.IsIdentity);
        Assert.Equal(GravityReference.One, r.Element(0));
        Assert.Equal(0, r.Element(1));
    }

    private static (GravityReference Reference, double Cosine) Align((int X, int Y, int Z) measured, (int X, int Y, int Z) nominal)
    {
        var reference = new GravityReference();
        Assert.True(reference.Align(measured.X, measured.Y, measured.Z, nominal.X, nominal.Y, nominal.Z));
        var turned = new double[3];
        for (var row = 0; row < 3; row++)
        {
            turned[row] = (reference.Element(3 * row) * (double)measured.X) + (reference.Element((3 * row) + 1) * (double)measured.Y)
                + (reference.Element((3 * row) + 2) * (double)measured.Z);
        }

        var dot = (turned[0] * nominal.X) + (turned[1] * nominal.Y) + (turned[2] * nominal.Z);
        return (reference, dot / Length(turned[0], turned[1], turned[2]) / Length(nominal.X, nominal.Y, nominal.Z));
    }

    private static double[] Rodrigues((int X, int Y, int Z) a, (int X, int Y, int Z) b)
    {
        var (la, lb) = (Length(a.X, a.Y, a.Z), Length(b.X, b.Y, b.Z));
        double[] m = [a.X / la, a.Y / la, a.Z / la];
        double[] n = [b.X / lb, b.Y / lb, b.Z / lb];
        double[] v = [(m[1] * n[2]) - (m[2] * n[1]), (m[2] * n[0]) - (m[0] * n[2]), (m[0] * n[1]) - (m[1] * n[0])];
        var c = (m[0] * n[0]) + (m[1] * n[1]) + (m[2] * n[2]);
        double[] cross = [0, -v[2], v[1], v[2], 0, -v[0], -v[1], v[0], 0];
        return [.. Enumerable.Range(0, 9).Select(i => (i % 4 == 0 ? c : 0) + cross[i] + (v[i / 3] * v[i % 3] / (1 + c)))];
    }

    private static double Cosine((int X, int Y, int Z) a, (int X, int Y, int Z) b) =>
        (((double)a.X * b.X) + ((double)a.Y * b.Y) + ((double)a.Z * b.Z)) / Length(a.X, a.Y, a.Z) / Length(b.X, b.Y, b.Z);

    private static double Length(double x, double y, double z) => Math.Sqrt((x * x) + (y * y) + (z * z));

    private static double Determinant(GravityReference r)
    {
        double E(int i) => r.Element(i) / (double)GravityReference.One;
        return (E(0) * ((E(4) * E(8)) - (E(5) * E(7)))) - (E(1) * ((E(3) * E(8)) - (E(5) * E(6)))) + (E(2) * ((E(3) * E(7)) - (E(4) * E(6))));
    }
}
