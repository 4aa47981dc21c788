namespace HarEdge.Core
{
    /// <summary>
    /// Wear calibration: the smallest rotation that turns measured gravity onto the direction the model was trained with, so that a
    /// tilted band looks worn straight. Comes in: gravity, measured while standing still. Goes out: rotated samples.
    /// Never here: float, allocation after construction. Until <see cref="Align"/> nothing is rotated and nothing is computed.
    /// </summary>
    public sealed class GravityReference
    {
        /// <summary>Bits after the point of the matrix: Q14.</summary>
        public const int Bits = 14;

        /// <summary>One in the scale of <see cref="Element"/>.</summary>
        public const int One = 1 << Bits;

        // Directions are computed in Q26: even divided by the least 1 + cos, their rounding is a sixteenth of the matrix's own.
        private const int FineBits = 26;
        private const long FineOne = 1L << FineBits;

        // Below 1 + cos = 2^-8 (within 5° of upside down) the formula's divisor is too small: any half turn does.
        private const long LeastDivisor = FineOne >> 8;

        private readonly int[] matrix = new int[9];

        /// <summary>Starts without rotation.</summary>
        public GravityReference()
        {
            Clear();
        }

        /// <summary>True while samples pass unchanged.</summary>
        public bool IsIdentity { get; private set; }

        /// <summary>Back to no rotation.</summary>
        public void Clear()
        {
            System.Array.Clear(matrix, 0, matrix.Length);
            matrix[0] = One;
            matrix[4] = One;
            matrix[8] = One;
            IsIdentity = true;
        }

        /// <summary>An element of the rotation matrix in Q14, row by row: output x, y, z from input x, y, z.</summary>
        /// <param name="index">0 to 8.</param>
        public int Element(int index)
        {
            return matrix[index];
        }

        /// <summary>
        /// Takes the rotation from measured to nominal gravity. Each element is within 1.1 steps of the exact one: gravity ends within
        /// 0.02° of nominal. False, and nothing changed, when either direction has no length.
        /// </summary>
        /// <param name="x">Sum of ax over the still samples, |x| at most 2^23 (256 samples); likewise y and z.</param>
        /// <param name="y">Sum of ay.</param>
        /// <param name="z">Sum of az.</param>
        /// <param name="nominalX">Direction gravity had in training, any length up to 2^23; likewise y and z.</param>
        /// <param name="nominalY">Its y.</param>
        /// <param name="nominalZ">Its z.</param>
        public bool Align(int x, int y, int z, int nominalX, int nominalY, int nominalZ)
        {
            // Short vectors are lengthened first, so that their length in integers is exact to 2^-28.
            int shift = Headroom(x, y, z);
            int nominalShift = Headroom(nominalX, nominalY, nominalZ);
            long length64 = Length64((long)x << shift, (long)y << shift, (long)z << shift);
            long nominalLength64 = Length64((long)nominalX << nominalShift, (long)nominalY << nominalShift, (long)nominalZ << nominalShift);
            if (length64 == 0 || nominalLength64 == 0)
            {
                return false;
            }

            long ax = Fine((long)x << shift, length64);
            long ay = Fine((long)y << shift, length64);
            long az = Fine((long)z << shift, length64);
            long bx = Fine((long)nominalX << nominalShift, nominalLength64);
            long by = Fine((long)nominalY << nominalShift, nominalLength64);
            long bz = Fine((long)nominalZ << nominalShift, nominalLength64);

            // Unit vectors in Q26: products are at most 2^52.
            long cosine = (ax * bx + ay * by + az * bz) >> FineBits;
            if (FineOne + cosine < LeastDivisor)
            {
                TurnHalf(ax, ay, az, bx, by, bz);
            }
            else
            {
                Turn((ay * bz - az * by) >> FineBits, (az * bx - ax * bz) >> FineBits, (ax * by - ay * bx) >> FineBits, cosine);
            }

            IsIdentity = false;
            return true;
        }

        /// <summary>The x component of a rotated vector, limited to a short. |sum| below √3 · 2^15 · 2^14 · 1.001 &lt; 2^30.</summary>
        public short X(int x, int y, int z)
        {
            return Limit((matrix[0] * x + matrix[1] * y + matrix[2] * z + One / 2) >> Bits);
        }

        /// <summary>The y component of a rotated vector, limited to a short.</summary>
        public short Y(int x, int y, int z)
        {
            return Limit((matrix[3] * x + matrix[4] * y + matrix[5] * z + One / 2) >> Bits);
        }

        /// <summary>The z component of a rotated vector, limited to a short.</summary>
        public short Z(int x, int y, int z)
        {
            return Limit((matrix[6] * x + matrix[7] * y + matrix[8] * z + One / 2) >> Bits);
        }

        /// <summary>Rotates vectors in place, as <see cref="X"/>, <see cref="Y"/> and <see cref="Z"/> do.</summary>
        /// <param name="x">The x components; likewise y and z.</param>
        /// <param name="y">The y components.</param>
        /// <param name="z">The z components.</param>
        /// <param name="first">Place of the first vector.</param>
        /// <param name="count">How many.</param>
        public void ApplyTo(short[] x, short[] y, short[] z, int first, int count)
        {
            int[] matrix = this.matrix;
            int at = first;
            for (int left = count; left > 0; left--)
            {
                int xAt = x[at];
                int yAt = y[at];
                int zAt = z[at];
                x[at] = Limit((matrix[0] * xAt + matrix[1] * yAt + matrix[2] * zAt + One / 2) >> Bits);
                y[at] = Limit((matrix[3] * xAt + matrix[4] * yAt + matrix[5] * zAt + One / 2) >> Bits);
                z[at] = Limit((matrix[6] * xAt + matrix[7] * yAt + matrix[8] * zAt + One / 2) >> Bits);
                at++;
            }
        }

        // Bits by which the largest component can grow and stay at most 2^23.
        private static int Headroom(int x, int y, int z)
        {
            int shift = 23 - FixedMath.BitLength(Abs(x) | Abs(y) | Abs(z));
            return shift < 0 ? 0 : shift;
        }

        // Squares are at most 2^46, their sum below 2^48, times 2^12 below 2^60: 64 times the length.
        private static int Length64(long x, long y, long z)
        {
            return FixedMath.Sqrt((x * x + y * y + z * z) << 12);
        }

        // value · 64 · 2^26 is below 2^56.
        private static long Fine(long value, long length64)
        {
            return value * (64 * FineOne) / length64;
        }

        // Rodrigues: cos · I + [v]× + v vᵀ / (1 + cos), where v = measured × nominal.
        private void Turn(long vx, long vy, long vz, long cosine)
        {
            long divisor = FineOne + cosine;
            Set(0, cosine + vx * vx / divisor);
            Set(1, vx * vy / divisor - vz);
            Set(2, vx * vz / divisor + vy);
            Set(3, vx * vy / divisor + vz);
            Set(4, cosine + vy * vy / divisor);
            Set(5, vy * vz / divisor - vx);
            Set(6, vx * vz / divisor - vy);
            Set(7, vy * vz / divisor + vx);
            Set(8, cosine + vz * vz / divisor);
        }

        // Two mirrors make a turn: first across the plane of a direction u at right angles to nominal gravity, which leaves measured gravity
        // opposite of nominal (to a few degrees), then across the plane half way between that image and nominal gravity.
        private void TurnHalf(long ax, long ay, long az, long bx, long by, long bz)
        {
            // The axis that has least of nominal gravity, made perpendicular to it: at least √(2/3) long.
            long ux = Abs(bx) <= Abs(by) && Abs(bx) <= Abs(bz) ? FineOne : 0;
            long uy = ux == 0 && Abs(by) <= Abs(bz) ? FineOne : 0;
            long uz = ux == 0 && uy == 0 ? FineOne : 0;
            long along = (ux * bx + uy * by + uz * bz) >> FineBits;
            ux -= (along * bx) >> FineBits;
            uy -= (along * by) >> FineBits;
            uz -= (along * bz) >> FineBits;

            // w = image − nominal, about −2 · nominal: its square is near 4 and never near 0.
            long mirrored = MirrorScale(ux, uy, uz, (ux * ax + uy * ay + uz * az) >> FineBits);
            long wx = ax - ((mirrored * ux) >> FineBits) - bx;
            long wy = ay - ((mirrored * uy) >> FineBits) - by;
            long wz = az - ((mirrored * uz) >> FineBits) - bz;

            SetMirrored(0, FineOne, 0, 0, ux, uy, uz, wx, wy, wz);
            SetMirrored(1, 0, FineOne, 0, ux, uy, uz, wx, wy, wz);
            SetMirrored(2, 0, 0, FineOne, ux, uy, uz, wx, wy, wz);
        }

        // Column of the matrix: where both mirrors send a unit vector.
        private void SetMirrored(int column, long ex, long ey, long ez, long ux, long uy, long uz, long wx, long wy, long wz)
        {
            long first = MirrorScale(ux, uy, uz, (ux * ex + uy * ey + uz * ez) >> FineBits);
            ex -= (first * ux) >> FineBits;
            ey -= (first * uy) >> FineBits;
            ez -= (first * uz) >> FineBits;
            long second = MirrorScale(wx, wy, wz, (wx * ex + wy * ey + wz * ez) >> FineBits);
            Set(column, ex - ((second * wx) >> FineBits));
            Set(column + 3, ey - ((second * wy) >> FineBits));
            Set(column + 6, ez - ((second * wz) >> FineBits));
        }

        // 2 (n · e) / (n · n) in Q26; |n| is between 0.8 and 2.1, so the square is below 2^29 and the dividend below 2^56.
        private static long MirrorScale(long nx, long ny, long nz, long dot)
        {
            long square = (nx * nx + ny * ny + nz * nz) >> FineBits;
            return (2 * dot * FineOne) / square;
        }

        private static long Abs(long value)
        {
            return value < 0 ? -value : value;
        }

        private void Set(int index, long fine)
        {
            matrix[index] = FixedMath.Clamp((int)FixedMath.RoundingShift(fine, FineBits - Bits), -One, One);
        }

        private static short Limit(int value)
        {
            return value > 32767 ? (short)32767 : value < -32768 ? (short)-32768 : (short)value;
        }
    }
}
