namespace HarEdge.Core
{
    /// <summary>
    /// What is done to a sample before the window: the gyroscope's bias is taken off, then both vectors are turned onto the
    /// nominal direction of gravity. Comes in and goes out: counts. Allocates nothing after construction.
    /// </summary>
    public sealed class Calibration
    {
        private readonly GravityReference gravity = new GravityReference();
        private readonly int[] gyroZero = new int[3];

        /// <summary>
        /// True while samples pass unchanged, which then costs one test a sample: a field, because a property costs the interpreter as much as
        /// three, and only set here.
        /// </summary>
        internal bool IsIdentity = true;

        /// <summary>Whether gravity is turned.</summary>
        public bool IsAligned
        {
            get { return !gravity.IsIdentity; }
        }

        /// <summary>An element of the rotation in Q14, row by row; see <see cref="GravityReference.Element"/>.</summary>
        /// <param name="index">0 to 8.</param>
        public int RotationElement(int index)
        {
            return gravity.Element(index);
        }

        /// <summary>Turns what was measured while standing still onto the model's nominal gravity.</summary>
        /// <param name="still">A complete stretch in which nothing moved.</param>
        /// <param name="model">The model; it may have no nominal direction.</param>
        /// <returns>False, and nothing changed, when there is no direction to turn from or to.</returns>
        public bool AlignGravity(StillStretch still, Classifier model)
        {
            bool aligned = gravity.Align(
                still.Sum(ChannelId.Ax),
                still.Sum(ChannelId.Ay),
                still.Sum(ChannelId.Az),
                model.NominalGravity(0),
                model.NominalGravity(1),
                model.NominalGravity(2));
            NoteIdentity();
            return aligned;
        }

        /// <summary>Forgets the wear calibration.</summary>
        public void ClearGravity()
        {
            gravity.Clear();
            NoteIdentity();
        }

        /// <summary>Counts taken off gx, gy, gz.</summary>
        /// <param name="axis">0 to 2.</param>
        public int GyroZero(int axis)
        {
            return gyroZero[axis];
        }

        /// <summary>Sets what the gyroscope shows at rest.</summary>
        /// <param name="x">Counts, |x| at most 2^15; likewise y and z.</param>
        /// <param name="y">Counts.</param>
        /// <param name="z">Counts.</param>
        public void SetGyroZero(int x, int y, int z)
        {
            gyroZero[0] = x;
            gyroZero[1] = y;
            gyroZero[2] = z;
            NoteIdentity();
        }

        /// <summary>Appends one sample to a window, calibrated; returns what the window's Push returns.</summary>
        public bool PushInto(SampleWindow window, short ax, short ay, short az, short gx, short gy, short gz)
        {
            // Limited to shorts before they are turned: GravityReference's bound holds for them.
            int x = FixedMath.Clamp(gx - gyroZero[0], -32768, 32767);
            int y = FixedMath.Clamp(gy - gyroZero[1], -32768, 32767);
            int z = FixedMath.Clamp(gz - gyroZero[2], -32768, 32767);
            if (gravity.IsIdentity)
            {
                return window.Push(ax, ay, az, (short)x, (short)y, (short)z);
            }

            return window.Push(
                gravity.X(ax, ay, az),
                gravity.Y(ax, ay, az),
                gravity.Z(ax, ay, az),
                gravity.X(x, y, z),
                gravity.Y(x, y, z),
                gravity.Z(x, y, z));
        }

        /// <summary>Calibrates samples that are in a window's measured channels already, to the same counts as <see cref="PushInto"/>.</summary>
        /// <param name="window">Holds them as measured.</param>
        /// <param name="first">Place of the first.</param>
        /// <param name="count">How many.</param>
        internal void ApplyTo(SampleWindow window, int first, int count)
        {
            TakeOff(window.Gx, gyroZero[0], first, count);
            TakeOff(window.Gy, gyroZero[1], first, count);
            TakeOff(window.Gz, gyroZero[2], first, count);
            if (!gravity.IsIdentity)
            {
                gravity.ApplyTo(window.Ax, window.Ay, window.Az, first, count);
                gravity.ApplyTo(window.Gx, window.Gy, window.Gz, first, count);
            }
        }

        private static void TakeOff(short[] samples, int zero, int first, int count)
        {
            if (zero == 0)
            {
                return;
            }

            int at = first;
            for (int left = count; left > 0; left--)
            {
                int value = samples[at] - zero;
                if (value > 32767)
                {
                    value = 32767;
                }
                else if (value < -32768)
                {
                    value = -32768;
                }

                samples[at] = (short)value;
                at++;
            }
        }

        private void NoteIdentity()
        {
            IsIdentity = gravity.IsIdentity && gyroZero[0] == 0 && gyroZero[1] == 0 && gyroZero[2] == 0;
        }
    }
}
