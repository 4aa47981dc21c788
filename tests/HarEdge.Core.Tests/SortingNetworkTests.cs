namespace HarEdge.Core.Tests;

public class SortingNetworkTests
{
    [Fact]
    public void Every_sequence_of_zeros_and_ones_of_length_16_is_sorted_so_every_sequence_is()
    {
        // 0-1 principle (Knuth, TAOCP vol. 3, 5.3.4, theorem Z): a network that sorts all 2^n of them sorts everything.
        var data = new short[16];
        for (var pattern = 0; pattern < 1 << 16; pattern++)
        {
            for (var i = 0; i < 16; i++)
            {
                data[i] = (short)((pattern >> i) & 1);
            }

            SortingNetwork.Sort(data);
            var ones = System.Numerics.BitOperations.PopCount((uint)pattern);
            for (var i = 0; i < 16; i++)
            {
                Assert.True(data[i] == (i >= 16 - ones ? 1 : 0), $"pattern {pattern:X4}");
            }
        }
    }

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public void Every_split_into_two_sorted_runs_and_every_rotation_of_them_is_sorted(int length)
    {
        var data = new short[length];
        for (var ones = 0; ones <= length; ones++)
        {
            for (var rotation = 0; rotation < length; rotation++)
            {
                for (var i = 0; i < length; i++)
                {
                    data[(i + rotation) % length] = (short)(i < ones ? 1 : 0);
                }

                SortingNetwork.Sort(data);
                Assert.Equal(data.Order(), data);
                Assert.Equal(ones, data.Count(value => value == 1));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(256)]
    public void Sorting_gives_what_the_library_gives(int length) =>
        Gen.OneOf(Gen.Short.Array[length], Gen.Short[-2, 2].Array[length]).Sample(data =>
        {
            short[] sorted = [.. data];
            SortingNetwork.Sort(sorted);
            Assert.Equal(data.Order(), sorted);
        });
}
