using System;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>
    /// The chip's own sense of motion. The MPU6050 compares with what its high-pass filter holds or follows, in steps of 32 mg, for a while (RM-MPU-6000A
    /// r3.2, registers 28, 31, 32); the MPU-6500 and its relatives compare each sample with the one before, in steps of 4 mg, when set so
    /// (RM-MPU-6500A §4.10, §4.32).
    /// </summary>
    internal sealed class MotionDetector
    {
        private const int HoldFilter = 7;
        private const int CloneStepMg = 4;
        private const int ComparesWithPrevious = 0xC0;

        private readonly bool isClone;
        private readonly int stepMg;
        private readonly double[] reference = new double[3];
        private double exceededMs;

        public MotionDetector(bool isClone, ChipVariant variant)
        {
            this.isClone = isClone;
            stepMg = isClone ? CloneStepMg : variant.MotionStepMg;
        }

        /// <summary>From now on motion is what differs from this sample.</summary>
        public void Hold(short[] output)
        {
            for (int axis = 0; axis < 3; axis++)
            {
                reference[axis] = output[axis];
            }

            exceededMs = 0;
        }

        /// <summary>Nobody asks for motion: the reference goes along, unless it is held.</summary>
        public void KeepUp(short[] output, int accelConfiguration)
        {
            if (isClone || (accelConfiguration & 7) != HoldFilter)
            {
                Hold(output);
            }
        }

        /// <summary>Compares a sample.</summary>
        /// <param name="output">The sample, counts.</param>
        /// <param name="periodMs">Since the sample before.</param>
        /// <param name="accelConfiguration">ACCEL_CONFIG: range, and the MPU6050's high-pass filter.</param>
        /// <param name="threshold">Register 0x1F.</param>
        /// <param name="durationMs">MOT_DUR.</param>
        /// <param name="control">Register 0x69.</param>
        /// <returns>The axes that moved, bit 2 for x to bit 0 for z; 0 for rest.</returns>
        public int Compare(short[] output, double periodMs, int accelConfiguration, int threshold, int durationMs, int control)
        {
            int countsPerG = 16384 >> ((accelConfiguration >> 3) & 3);
            double limit = (double)threshold * stepMg * countsPerG / 1000;
            int axes = 0;
            for (int axis = 0; axis < 3; axis++)
            {
                axes |= Math.Abs(output[axis] - reference[axis]) > limit ? 4 >> axis : 0;
            }

            if (isClone)
            {
                Hold(output);
                return (control & ComparesWithPrevious) == ComparesWithPrevious && threshold > 0 ? axes : 0;
            }

            Follow(output, periodMs, accelConfiguration & 7);
            exceededMs = axes != 0 ? exceededMs + Math.Max(1, periodMs) : 0;
            return exceededMs >= Math.Max(1, durationMs) ? axes : 0;
        }

        // 1 to 4 let pass what is faster than 5, 2.5, 1.25, 0.63 Hz; 0 lets nothing pass; 7 holds; the rest is reserved.
        private void Follow(short[] output, double periodMs, int filter)
        {
            if (filter == HoldFilter)
            {
                return;
            }

            double part = filter == 0 ? 1 : 1 - Math.Exp(-2 * Math.PI * (10.0 / (1 << filter)) * periodMs / 1000);
            for (int axis = 0; axis < 3; axis++)
            {
                reference[axis] += (output[axis] - reference[axis]) * part;
            }
        }
    }
}
