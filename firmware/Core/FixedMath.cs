namespace HarEdge.Core
{
    /// <summary>
    /// Integer arithmetic the kernels share. Only int and long: unsigned types compute wrongly on the device.
    /// Every function is exact or states its error bound; none allocates.
    /// </summary>
    public static class FixedMath
    {
        /// <summary>One in the scale of <see cref="SignedLog2Q8"/>: 256 steps per doubling.</summary>
        public const int Log2One = 256;

        // round(256 · log2(1 + i/32)), i = 0..32: the mantissa part of log2. Linear between entries the error stays below 0.2 of 256.
        private static readonly short[] MantissaLog2Q8 =
        {
            0, 11, 22, 33, 44, 54, 63, 73, 82, 92, 100, 109, 118, 126, 134, 142,
            150, 157, 165, 172, 179, 186, 193, 200, 207, 213, 220, 226, 232, 238, 244, 250, 256,
        };

        /// <summary>Largest integer whose square is at most <paramref name="value"/>; 0 for negative values. Exact.</summary>
        /// <param name="value">Below 2^62, whose root no longer is an int.</param>
        public static int Sqrt(long value)
        {
            if (value <= 0)
            {
                return 0;
            }

            // Start at a power of two at or above the root; Newton then descends monotonically to the floor.
            int bits = BitLength(value);
            long root = 1L << ((bits + 1) >> 1);
            while (root * root > value)
            {
                root = (root + value / root) >> 1;
            }

            return (int)root;
        }

        /// <summary>Position of the highest set bit plus one: 0 for 0, 1 for 1, 63 for 2^62 and above. Exact.</summary>
        /// <param name="value">Not negative.</param>
        public static int BitLength(long value)
        {
            int bits = 0;
            if (value >= 1L << 32)
            {
                bits = 32;
                value >>= 32;
            }

            if (value >= 1L << 16)
            {
                bits += 16;
                value >>= 16;
            }

            int rest = (int)value;
            if (rest >= 1 << 8)
            {
                bits += 8;
                rest >>= 8;
            }

            if (rest >= 1 << 4)
            {
                bits += 4;
                rest >>= 4;
            }

            if (rest >= 1 << 2)
            {
                bits += 2;
                rest >>= 2;
            }

            // rest is 0..3: its own bit length is 0, 1, 2, 2.
            return rest >= 2 ? bits + 2 : bits + rest;
        }

        /// <summary>
        /// sign(value) · log2(1 + |value|) in 1/256 steps; −7936..7936. Odd and monotone; error at most 1 step.
        /// </summary>
        /// <param name="value">Above int.MinValue.</param>
        public static int SignedLog2Q8(int value)
        {
            int magnitude = value < 0 ? -value : value;

            // Places to move 1 + |value| up until bit 30 is its highest: comparisons alone cost the interpreter less than moving it by 16, 8, 4, 2, 1;
            // four of them for 2^11 to 2^18, where most features are.
            int shift = magnitude < (1 << 15) - 1
                ? magnitude < (1 << 11) - 1
                    ? magnitude < 31
                        ? magnitude < 3
                            ? magnitude < 1 ? 30 : 29
                            : magnitude < 7 ? 28 : magnitude < 15 ? 27 : 26
                        : magnitude < (1 << 8) - 1
                            ? magnitude < 63 ? 25 : magnitude < 127 ? 24 : 23
                            : magnitude < (1 << 9) - 1 ? 22 : magnitude < (1 << 10) - 1 ? 21 : 20
                    : magnitude < (1 << 13) - 1 ? magnitude < (1 << 12) - 1 ? 19 : 18 : magnitude < (1 << 14) - 1 ? 17 : 16
                : magnitude < (1 << 19) - 1
                    ? magnitude < (1 << 17) - 1 ? magnitude < (1 << 16) - 1 ? 15 : 14 : magnitude < (1 << 18) - 1 ? 13 : 12
                    : magnitude < (1 << 25) - 1
                        ? magnitude < (1 << 22) - 1
                            ? magnitude < (1 << 20) - 1 ? 11 : magnitude < (1 << 21) - 1 ? 10 : 9
                            : magnitude < (1 << 23) - 1 ? 8 : magnitude < (1 << 24) - 1 ? 7 : 6
                        : magnitude < (1 << 28) - 1
                            ? magnitude < (1 << 26) - 1 ? 5 : magnitude < (1 << 27) - 1 ? 4 : 3
                            : magnitude < (1 << 29) - 1 ? 2 : magnitude < (1 << 30) - 1 ? 1 : 0;
            if (shift == 0 && magnitude == int.MaxValue)
            {
                // 1 + |value| is 2^31, which no int holds.
                return value < 0 ? -31 * Log2One : 31 * Log2One;
            }

            int mantissa = (magnitude + 1) << shift;

            // Twelve fraction bits: five index the table, seven interpolate.
            int fraction = (mantissa >> 18) - 4096;
            int index = fraction >> 7;
            short[] table = MantissaLog2Q8;
            int low = table[index];
            int log = ((30 - shift) << 8) + low + (((table[index + 1] - low) * (fraction & 127) + 64) >> 7);
            return value < 0 ? -log : log;
        }

        /// <summary>Rounds value / 2^bits to nearest, halves upwards. Exact for bits 1..30 and |value| below 2^62.</summary>
        public static long RoundingShift(long value, int bits)
        {
            return (value + (1L << (bits - 1))) >> bits;
        }

        /// <summary>Limits a value to [low, high].</summary>
        public static int Clamp(int value, int low, int high)
        {
            if (value < low)
            {
                return low;
            }

            return value > high ? high : value;
        }

        /// <summary>Limits a wide value to the range of int, int.MinValue excluded so that it can be negated.</summary>
        public static int Saturate(long value)
        {
            if (value > int.MaxValue)
            {
                return int.MaxValue;
            }

            return value < -int.MaxValue ? -int.MaxValue : (int)value;
        }

        /// <summary>Sum of samples from start to end, a multiple of 8 of them: eight a turn, because on the interpreter counting costs as much as computing.</summary>
        public static int SumOf(short[] data, int start, int end)
        {
            int sum = 0;
            for (int i = start; i < end; i += 8)
            {
                sum += data[i] + data[i + 1] + data[i + 2] + data[i + 3]
                    + data[i + 4] + data[i + 5] + data[i + 6] + data[i + 7];
            }

            return sum;
        }

        /// <summary>Sum of squares of a multiple of 4 samples. Two squares together reach 2^31 only for two samples of −2^15: they are added as longs.</summary>
        public static long SquareSumOf(short[] data)
        {
            int count = data.Length;
            long sum = 0;
            for (int i = 0; i < count; i += 4)
            {
                int first = data[i];
                int second = data[i + 1];
                int third = data[i + 2];
                int fourth = data[i + 3];
                sum += (long)(first * first) + second * second + third * third + fourth * fourth;
            }

            return sum;
        }
    }
}
