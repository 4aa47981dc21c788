using System.Numerics;

namespace HarEdge.Core.Tests.Kernels;

/// <summary>Sums in arithmetic that cannot overflow or round.</summary>
internal static class Exact
{
    /// <summary>n · Σxy − Σx · Σy: n² times the population covariance.</summary>
    public static BigInteger ScaledCovariance(short[] x, short[] y)
    {
        var products = Sum(x.Length, i => (BigInteger)x[i] * y[i]);
        return products * x.Length - Sum(x.Length, i => x[i]) * Sum(y.Length, i => y[i]);
    }

    /// <summary>Mean rounded to nearest, halves upwards.</summary>
    public static int RoundedMean(short[] samples) => (int)Math.Floor(samples.Average(sample => (double)sample) + 0.5);

    /// <summary>Sum of terms 0..count − 1.</summary>
    public static BigInteger Sum(int count, Func<int, BigInteger> term)
    {
        BigInteger sum = 0;
        for (var i = 0; i < count; i++)
        {
            sum += term(i);
        }

        return sum;
    }

    /// <summary>Quotient rounded towards −∞.</summary>
    public static BigInteger FloorDivide(BigInteger value, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(value, divisor, out var remainder);
        return remainder.Sign < 0 != divisor.Sign < 0 && !remainder.IsZero ? quotient - 1 : quotient;
    }
}
