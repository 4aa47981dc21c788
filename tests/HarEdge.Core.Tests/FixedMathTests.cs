using System.Numerics;

namespace HarEdge.Core.Tests;

public class FixedMathTests
{
    private static readonly Gen<long> Below2To62 = Gen.Select(Gen.Long[0, (1L << 62) - 1], Gen.Int[0, 62]).Select((value, shift) => value >> shift);

    [Fact]
    public void The_square_root_is_the_floor_of_the_real_one() => Below2To62.Sample(AssertIsRoot, iter: 20_000);

    [Fact]
    public void The_square_root_is_exact_around_every_perfect_square_and_power_of_two()
    {
        for (long root = 1; root <= 1L << 31; root = root * 5 / 4 + 1)
        {
            AssertIsRoot(root * root - 1);
            AssertIsRoot(root * root);
            AssertIsRoot(root * root + 1);
        }

        for (var bits = 0; bits <= 62; bits++)
        {
            AssertIsRoot(1L << bits);
            AssertIsRoot((1L << bits) - 1);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void The_square_root_of_nothing_or_less_is_zero(long value) => Assert.Equal(0, FixedMath.Sqrt(value));

    [Fact]
    public void The_bit_length_counts_binary_digits() =>
        Below2To62.Sample(value => Assert.Equal(value == 0 ? 0 : 64 - BitOperations.LeadingZeroCount((ulong)value), FixedMath.BitLength(value)));

    [Fact]
    public void The_bit_length_is_exact_at_every_power_of_two()
    {
        for (var bits = 0; bits <= 62; bits++)
        {
            Assert.Equal(bits + 1, FixedMath.BitLength(1L << bits));
            Assert.Equal(bits, FixedMath.BitLength((1L << bits) - 1));
        }

        Assert.Equal(63, FixedMath.BitLength(long.MaxValue));
    }

    [Fact]
    public void The_signed_logarithm_is_within_one_step_of_the_real_one() =>
        AnyMagnitude.Sample(
            value => Assert.InRange(FixedMath.SignedLog2Q8(value) - Math.Sign(value) * 256 * Math.Log2(1 + Math.Abs((double)value)), -1, 1),
            iter: 50_000);

    [Fact]
    public void The_signed_logarithm_is_odd_and_monotone() => AnyMagnitude.Sample(
        value =>
        {
            Assert.Equal(-FixedMath.SignedLog2Q8(value), FixedMath.SignedLog2Q8(-value));
            if (value < int.MaxValue)
            {
                Assert.True(FixedMath.SignedLog2Q8(value) <= FixedMath.SignedLog2Q8(value + 1));
            }
        },
        iter: 50_000);

    [Fact]
    public void The_signed_logarithm_is_exact_at_powers_of_two_and_at_the_ends()
    {
        for (var bits = 0; bits < 31; bits++)
        {
            Assert.Equal(256 * bits, FixedMath.SignedLog2Q8((1 << bits) - 1));
        }

        Assert.Equal(7936, FixedMath.SignedLog2Q8(int.MaxValue));
        Assert.Equal(-7936, FixedMath.SignedLog2Q8(-int.MaxValue));
    }

    [Fact]
    public void The_rounding_shift_rounds_to_nearest_and_halves_upwards() =>
        Gen.Select(Gen.Long[-(1L << 61), 1L << 61], Gen.Int[1, 30]).Sample((value, bits) =>
        {
            var half = BigInteger.One << (bits - 1);
            var sum = value + half;
            var floor = (sum - ((sum % (half * 2) + half * 2) % (half * 2))) / (half * 2);
            Assert.Equal(floor, FixedMath.RoundingShift(value, bits));
        });

    [Fact]
    public void Clamp_limits_to_both_ends() =>
        Gen.Select(Gen.Int, Gen.Int, Gen.Int).Sample((value, a, b) =>
            Assert.Equal(Math.Clamp(value, Math.Min(a, b), Math.Max(a, b)), FixedMath.Clamp(value, Math.Min(a, b), Math.Max(a, b))));

    [Theory]
    [InlineData(long.MaxValue, int.MaxValue)]
    [InlineData(2147483648L, int.MaxValue)]
    [InlineData(2147483647L, int.MaxValue)]
    [InlineData(-2147483647L, -int.MaxValue)]
    [InlineData(-2147483648L, -int.MaxValue)]
    [InlineData(long.MinValue, -int.MaxValue)]
    [InlineData(0L, 0)]
    public void Saturation_keeps_what_can_be_negated(long value, int expected) => Assert.Equal(expected, FixedMath.Saturate(value));

    private static Gen<int> AnyMagnitude =>
        Gen.Select(Gen.Int[-int.MaxValue, int.MaxValue], Gen.Int[0, 30]).Select((value, shift) => value >> shift);

    private static void AssertIsRoot(long value)
    {
        if (value is < 0 or >= 1L << 62)
        {
            return;
        }

        BigInteger root = FixedMath.Sqrt(value);
        Assert.True(root * root <= value && (root + 1) * (root + 1) > value, $"√{value} is not {root}");
    }
}
