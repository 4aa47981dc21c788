using HarEdge.Core;

namespace HarEdge.Firmware
{
    /// <summary>
    /// Watches for moments without any motion. Comes in: every fourth sample. Then, and only then: the gyroscope's bias is
    /// measured, gravity's length is checked, and the time since the last motion grows.
    /// </summary>
    internal sealed class GyroBiasTracker
    {
        // One sample in four is enough to see motion and costs a quarter.
        private const int Stride = 4;
        private const int StretchSamples = 16;

        // Four days: longer than any sleep policy waits, and its milliseconds fit an int.
        private const int MostStillSamples = 1 << 24;

        // Peak to peak; noise is 0.01 g and 0.3 °/s at 44 Hz.
        private const int StillMilliG = 50;
        private const int StillDps = 3;

        // The datasheet's zero-rate output is within ±20 °/s, and moves by as much over temperature.
        private const int LargestOffsetDps = 40;

        // Two stretches in a row must agree, and a change below a tenth of a degree per second is not worth a line.
        private const int AgreementPer10Dps = 10;

        // Limits are worked out when asked for, once in 1.3 s: a field takes 12 bytes for ever.
        private readonly Classifier model;
        private readonly StillStretch stretch;
        private readonly int[] previous = new int[3];
        private bool previousWasStill;
        private int untilNext = Stride;

        /// <param name="model">Its ranges give the counts their scale.</param>
        /// <param name="stretch">Shared with the wear calibration: while that runs nothing is pushed here, and afterwards comes a restart.</param>
        public GyroBiasTracker(Classifier model, StillStretch stretch)
        {
            this.model = model;
            this.stretch = stretch;
            stretch.Restart(StretchSamples);
        }

        /// <summary>Samples since the last motion, at most 2^24.</summary>
        public int StillSamples { get; private set; }

        /// <summary>Length of gravity in the last still stretch, thousandths of g; 0 before the first.</summary>
        public int GravityMilliG { get; private set; }

        /// <summary>Whether the last still stretch showed gravity as it is on Earth.</summary>
        public bool IsGravityGood
        {
            get { return GravityMilliG >= 1000 - StillStretch.GravityToleranceMilliG && GravityMilliG <= 1000 + StillStretch.GravityToleranceMilliG; }
        }

        /// <summary>After a gap nothing before it counts.</summary>
        public void Restart()
        {
            stretch.Restart(StretchSamples);
            previousWasStill = false;
            StillSamples = 0;
        }

        /// <summary>Counts one sample; true for every fourth, which is then to be pushed.</summary>
        public bool TakesNext()
        {
            untilNext--;
            if (untilNext > 0)
            {
                return false;
            }

            untilNext = Stride;
            return true;
        }

        /// <summary>Takes one raw sample; true when a still stretch has just ended.</summary>
        public bool Push(short ax, short ay, short az, short gx, short gy, short gz)
        {
            if (!stretch.Push(ax, ay, az, gx, gy, gz))
            {
                return false;
            }

            bool isStill = stretch.IsStill(CountsPerG * StillMilliG / 1000, CountsPer10Dps * StillDps / 10);
            StillSamples = isStill ? FixedMath.Clamp(StillSamples + Stride * StretchSamples, 0, MostStillSamples) : 0;
            if (isStill)
            {
                // Up to √3 · 2^15 counts: the product is below 2^26.
                GravityMilliG = stretch.GravityCounts() * 1000 / CountsPerG;
            }

            bool agrees = isStill && previousWasStill && AgreesWithPrevious();
            for (int axis = 0; axis < 3; axis++)
            {
                previous[axis] = stretch.Mean(ChannelId.Gx + axis);
            }

            previousWasStill = isStill;
            IsOffsetKnown = agrees;
            stretch.Restart();
            return isStill;
        }

        /// <summary>Whether the last two still stretches agree on an offset the datasheet allows.</summary>
        public bool IsOffsetKnown { get; private set; }

        /// <summary>Gives the measured offset to a calibration; true when that changed it noticeably.</summary>
        public bool Update(Calibration calibration)
        {
            bool differs = false;
            int agreement = Agreement;
            for (int axis = 0; axis < 3; axis++)
            {
                int change = previous[axis] - calibration.GyroZero(axis);
                differs |= change > agreement || change < -agreement;
            }

            if (differs)
            {
                calibration.SetGyroZero(previous[0], previous[1], previous[2]);
            }

            return differs;
        }

        private int CountsPerG
        {
            get { return SensorScale.AccelCountsPerG(model.AccelRangeG); }
        }

        private int CountsPer10Dps
        {
            get { return SensorScale.GyroCountsPer10Dps(model.GyroRangeDps); }
        }

        private int Agreement
        {
            get { return CountsPer10Dps / (10 * AgreementPer10Dps) + 1; }
        }

        private bool AgreesWithPrevious()
        {
            int agreement = Agreement;
            int largestOffset = CountsPer10Dps * LargestOffsetDps / 10;
            for (int axis = 0; axis < 3; axis++)
            {
                int mean = stretch.Mean(ChannelId.Gx + axis);
                int change = mean - previous[axis];
                if (mean > largestOffset || mean < -largestOffset || change > 2 * agreement || change < -2 * agreement)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
