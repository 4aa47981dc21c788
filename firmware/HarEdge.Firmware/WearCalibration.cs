using HarEdge.Core;

namespace HarEdge.Firmware
{
    /// <summary>
    /// The three seconds of standing still after a short press. Comes in: samples. Goes out: a still stretch to align gravity with, or
    /// the reason why there is none.
    /// </summary>
    internal sealed class WearCalibration
    {
        /// <summary>Why it failed: the wearer did not stand still within <see cref="PatienceSamples"/>.</summary>
        public const int Moved = 1;

        /// <summary>Why it failed: what was measured is not gravity.</summary>
        public const int NotGravity = 2;

        /// <summary>Why it failed: the model knows no nominal direction.</summary>
        public const int NoNominal = 3;

        /// <summary>Why it failed: samples come from a host, not from the wearer.</summary>
        public const int Replayed = 4;

        // The hand leaves the button first.
        private const int SettlingSamples = SensorScale.SampleRateHz;
        private const int PatienceSamples = 30 * SensorScale.SampleRateHz;

        private readonly StillStretch standing;
        private readonly Classifier model;
        private int samples;

        /// <param name="model">Its ranges give the counts their scale.</param>
        /// <param name="standing">Shared with the bias tracker: this one's only while <see cref="IsRunning"/>.</param>
        public WearCalibration(Classifier model, StillStretch standing)
        {
            this.model = model;
            this.standing = standing;
        }

        /// <summary>Whether it is waiting for three still seconds.</summary>
        public bool IsRunning { get; private set; }

        /// <summary>0 after success, or one of the reasons.</summary>
        public int Failure { get; private set; }

        public void Begin()
        {
            IsRunning = true;
            samples = 0;
            standing.Restart(StillStretch.StandingSamples);
        }

        /// <summary>A gap ends the stretch, not the patience; only while it runs.</summary>
        public void NoteGap()
        {
            standing.Restart(StillStretch.StandingSamples);
        }

        /// <summary>The wearer's samples end here: what follows is a host's.</summary>
        public void GiveUp()
        {
            Finish(Replayed);
        }

        /// <summary>Takes one raw sample; true when it is over, well (<see cref="Failure"/> 0) or not.</summary>
        public bool Push(Calibration calibration, short ax, short ay, short az, short gx, short gy, short gz)
        {
            samples++;
            if (samples <= SettlingSamples)
            {
                return false;
            }

            if (standing.Push(ax, ay, az, gx, gy, gz))
            {
                int stillAccel = SensorScale.AccelCountsPerG(model.AccelRangeG) * StillStretch.StandingMilliG / 1000;
                int stillGyro = SensorScale.GyroCountsPer10Dps(model.GyroRangeDps) * StillStretch.StandingDps / 10;
                if (standing.IsStill(stillAccel, stillGyro))
                {
                    return Finish(Align(calibration));
                }

                standing.Restart();
            }

            return samples >= PatienceSamples && Finish(Moved);
        }

        private int Align(Calibration calibration)
        {
            int milliG = standing.GravityCounts() * 1000 / SensorScale.AccelCountsPerG(model.AccelRangeG);
            if (milliG < 1000 - StillStretch.GravityToleranceMilliG || milliG > 1000 + StillStretch.GravityToleranceMilliG)
            {
                return NotGravity;
            }

            return calibration.AlignGravity(standing, model) ? 0 : NoNominal;
        }

        private bool Finish(int failure)
        {
            Failure = failure;
            IsRunning = false;
            return true;
        }
    }
}
