namespace HarEdge.Core.Kernels
{
    /// <summary>Where gravity points in the sensor's frame: the direction of the window's mean acceleration.</summary>
    public static class Tilt
    {
        /// <summary>One in the scale of <see cref="DirectionCosine"/>.</summary>
        public const int CosineOne = 4096;

        // A direction in one int: three components of a unit vector in Q9, ten bits each.
        private const int PackedOne = 511;
        private const int PackedBits = 10;
        private const int PackedMask = (1 << PackedBits) - 1;

        /// <summary>
        /// Component of the unit vector along the mean acceleration, Q12: −4096 to 4096; 0 without any acceleration. The three
        /// together are a vector of length 4096, at most 1.6 % more for sums near zero.
        /// </summary>
        /// <param name="window">A complete window.</param>
        /// <param name="channel">Ax, Ay or Az.</param>
        /// <param name="parameter">Not used.</param>
        public static int DirectionCosine(SampleWindow window, int channel, int parameter)
        {
            // Sums are at most 2^23, their squares together below 2^48, times 2^12 below 2^60: the root is 64 times the length.
            long x = window.Sum(ChannelId.Ax);
            long y = window.Sum(ChannelId.Ay);
            long z = window.Sum(ChannelId.Az);
            int length64 = FixedMath.Sqrt((x * x + y * y + z * z) << 12);
            if (length64 == 0)
            {
                return 0;
            }

            int cosine = (int)((long)window.Sum(channel) * (64 * CosineOne) / length64);
            return FixedMath.Clamp(cosine, -CosineOne, CosineOne);
        }

        /// <summary>
        /// How far gravity points from where it points on a wearer who stands upright: squared distance of the two unit vectors, Q12.
        /// 0 to 16384 (4, opposite) and 2 % for rounding; small angles give their square in radians, 1° of lean about 1, 10° 124. Tells
        /// sitting from standing where wear calibration has turned the standing wearer's gravity onto that direction. Without any acceleration 4096.
        /// </summary>
        /// <param name="window">A complete window.</param>
        /// <param name="channel">Not used.</param>
        /// <param name="upright">The direction, as <see cref="Pack"/> gives it.</param>
        public static int Lean(SampleWindow window, int channel, int upright)
        {
            // As above; with components of upright up to 2^12 the dot product is below 2^37, times 2^19 below 2^56.
            long x = window.Sum(ChannelId.Ax);
            long y = window.Sum(ChannelId.Ay);
            long z = window.Sum(ChannelId.Az);
            int length64 = FixedMath.Sqrt((x * x + y * y + z * z) << 12);
            int ux = Component(upright, ChannelId.Ax);
            int uy = Component(upright, ChannelId.Ay);
            int uz = Component(upright, ChannelId.Az);
            if (length64 == 0)
            {
                return CosineOne;
            }

            // |a − u|² = 1 + u² − 2 a·u in Q24; u² is taken as it is, since packing leaves |u| up to three thousandths off.
            long twiceDot = (x * ux + y * uy + z * uz) * (2 * 64 * CosineOne) / length64;
            long square = CosineOne * CosineOne + ux * ux + uy * uy + uz * uz - twiceDot;
            return square < 0 ? 0 : (int)(square >> 12);
        }

        /// <summary>A direction as the parameter of <see cref="Lean"/>: exact to 0.1° from a length of 64 on. 0 without a length.</summary>
        /// <param name="x">Component along x of a vector of any length, |x| up to 2^23; likewise y and z.</param>
        /// <param name="y">Its y.</param>
        /// <param name="z">Its z.</param>
        public static int Pack(int x, int y, int z)
        {
            // Squares are at most 2^46, their sum below 2^48, times 2^12 below 2^60: the root is 64 times the length.
            long length64 = FixedMath.Sqrt(((long)x * x + (long)y * y + (long)z * z) << 12);
            if (length64 == 0)
            {
                return 0;
            }

            return (Packed(x, length64) << (2 * PackedBits)) | (Packed(y, length64) << PackedBits) | Packed(z, length64);
        }

        /// <summary>A component of a packed direction in Q12: ten bits with their sign, in Q9.</summary>
        /// <param name="packed">As <see cref="Pack"/> gives it.</param>
        /// <param name="axis">Ax, Ay or Az.</param>
        public static int Component(int packed, int axis)
        {
            int lowestBit = (ChannelId.Az - axis) * PackedBits;
            int signed = (packed << (32 - PackedBits - lowestBit)) >> (32 - PackedBits);
            return signed << 3;
        }

        // Rounded to nearest, halves upwards; |value| · 64 · 511 is below 2^38.
        private static int Packed(int value, long length64)
        {
            long twice = (long)value * (2 * 64 * PackedOne) + length64;
            long rounded = twice < 0 ? (twice + 1) / (2 * length64) - 1 : twice / (2 * length64);
            return FixedMath.Clamp((int)rounded, -PackedOne, PackedOne) & PackedMask;
        }

    }
}
