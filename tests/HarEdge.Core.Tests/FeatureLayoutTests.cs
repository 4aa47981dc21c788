namespace HarEdge.Core.Tests;

public class FeatureLayoutTests
{
    private static readonly int Upright = HarEdge.Core.Kernels.Tilt.Pack(8210, -1313, -226);

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(256)]
    public void Names_are_unique_findable_and_numbered_in_order(int length)
    {
        var layout = new FeatureLayout(length);
        Assert.Equal(layout.Count, Names(layout).Distinct().Count());
        for (var i = 0; i < layout.Count; i++)
        {
            Assert.Equal(i, layout[i].Index);
            Assert.Same(layout[i], layout.Find(layout[i].Name));
        }

        Assert.Null(layout.Find("var.nothing"));
    }

    [Fact]
    public void Names_and_their_order_stay_because_models_refer_to_them()
    {
        using var golden = typeof(FeatureLayoutTests).Assembly.GetManifestResourceStream("feature-names.txt")!;
        using var reader = new StreamReader(golden);
        var expected = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected, Names(new FeatureLayout(128)));
    }

    [Fact]
    public void Lean_comes_last_and_only_where_upright_is_known()
    {
        var layout = new FeatureLayout(128, Upright);
        Assert.Equal([.. Names(new FeatureLayout(128)), "lean"], Names(layout));
        Assert.Equal(Upright, layout.Find("lean").Parameter);
    }

    [Fact]
    public void Shorter_windows_have_a_subset_of_the_features_of_longer_ones()
    {
        Assert.Empty(Names(new FeatureLayout(128)).Except(Names(new FeatureLayout(256))));
        Assert.Empty(Names(new FeatureLayout(64)).Except(Names(new FeatureLayout(128))));
    }

    [Fact]
    public void No_random_window_leaves_the_declared_bounds() => Signals.Any.Sample(AssertWithinBounds, iter: 150);

    [Fact]
    public void No_extreme_window_leaves_the_declared_bounds()
    {
        foreach (var length in Signals.Lengths)
        {
            foreach (var name in Signals.ExtremeNames)
            {
                AssertWithinBounds(Signals.Extreme(name, length));
            }
        }
    }

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(256)]
    public void No_full_scale_square_wave_resonates_beyond_a_bin_s_bounds(int length)
    {
        // The largest response of a bin is to a square wave of its own frequency: any phase, any bin.
        for (var bin = 1; bin < length / 2; bin = bin < 8 ? bin + 1 : bin * 2)
        {
            foreach (var phase in new[] { 0.0, 0.7, 1.6 })
            {
                var signal = Signals.Extreme("zeros", length);
                for (var channel = 0; channel < SensorScale.ChannelCount; channel++)
                {
                    for (var i = 0; i < length; i++)
                    {
                        var angle = 2 * Math.PI * bin * i / length + phase * (channel + 1);
                        signal[channel][i] = Math.Sin(angle) < 0 ? short.MinValue : short.MaxValue;
                    }
                }

                AssertWithinBounds(signal);
            }
        }
    }

    [Fact]
    public void Extraction_fills_every_column_with_its_kernel_s_value() => Signals.Any.Sample(signal =>
    {
        var layout = new FeatureLayout(signal[0].Length, Upright);
        var values = new int[layout.Count];
        layout.ExtractInto(Signals.Window(signal), values);
        var other = Signals.Window(signal);
        for (var i = layout.Count - 1; i >= 0; i--)
        {
            Assert.Equal(layout[i].Kernel(other, layout[i].Channel, layout[i].Parameter), values[i]);
        }
    },
    iter: 20);

    private static string[] Names(FeatureLayout layout) => [.. Enumerable.Range(0, layout.Count).Select(i => layout[i].Name)];

    private static void AssertWithinBounds(short[][] signal)
    {
        var layout = new FeatureLayout(signal[0].Length, Upright);
        var values = new int[layout.Count];
        layout.ExtractInto(Signals.Window(signal), values);
        for (var i = 0; i < layout.Count; i++)
        {
            Assert.True(
                values[i] >= layout[i].Lowest && values[i] <= layout[i].Highest,
                $"{layout[i].Name} is {values[i]}, outside {layout[i].Lowest}..{layout[i].Highest}");
        }
    }
}
