using System.Collections.Generic;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>
    /// What a chip may do where sources disagree, are silent, or tell of single specimens. <see cref="Usual"/> follows the register maps; each
    /// other variant of <see cref="All"/> departs from it in one way. A driver has to work with every one.
    /// </summary>
    internal sealed record ChipVariant
    {
        /// <summary>As the register maps say.</summary>
        public static readonly ChipVariant Usual = new ChipVariant();

        public string Name { get; init; } = "usual";

        /// <summary>How long DEVICE_RESET reads as set. The map says only "once the reset is done"; PX4 and the map's note for SPI wait 100 ms.</summary>
        public int ResetMs { get; init; } = 5;

        /// <summary>How long after a reset writes of PWR_MGMT_1 are without effect; public drivers write it twice or wait.</summary>
        public int WakeIgnoredMs { get; init; }

        /// <summary>Whether registers other than PWR_MGMT_1 take nothing while SLEEP is set; the maps are silent.</summary>
        public bool IgnoresSettingsAsleep { get; init; }

        /// <summary>Whether a full FIFO refuses new bytes; the maps have the oldest lost (MPU-6500: unless CONFIG bit 6 is set).</summary>
        public bool LosesNewest { get; init; }

        /// <summary>Whether bytes above the 448th of a 512-byte FIFO arrive spoilt, as one report has it.</summary>
        public bool SpoilsAbove448 { get; init; }

        /// <summary>
        /// Time in which a frame is written into the FIFO, µs: a count taken in it is no whole number of samples. i2cdevlib issues 252 and
        /// 479 meet such counts some ten times an hour with a read a second, which is 84 µs of each 20 ms; no map has a figure.
        /// </summary>
        public int FrameMicros { get; init; } = 84;

        /// <summary>Whether FIFO_RESET acts only while FIFO_EN is clear, as the map of the MPU6050 has it; i2cdevlib resets a running FIFO.</summary>
        public bool FifoResetNeedsFifoOff { get; init; } = true;

        /// <summary>Whether what is in the FIFO outlives DEVICE_RESET; the map says only a power cycle changes its state.</summary>
        public bool KeepsFifoOverReset { get; init; }

        /// <summary>Time from power to the first acknowledgement, ms (PS-MPU-6500A: 11 typical, 100 at most).</summary>
        public int PowerUpMs { get; init; } = 11;

        /// <summary>Time from wake to the first gyroscope sample, ms (PS-MPU-6000A: 30 typical; Linux: 60 and 70).</summary>
        public int GyroStartMs { get; init; } = 35;

        /// <summary>Time from wake until the gyroscope's bias rests, ms; public drivers wait 50 to 200.</summary>
        public int SettleMs { get; init; } = 100;

        /// <summary>Time in which self-test pushes build up and go, ms; public drivers wait 20 to 200.</summary>
        public int SelfTestSettleMs { get; init; } = 50;

        /// <summary>Whether the factory left self-test codes; clones are met with and without.</summary>
        public bool HasSelfTestCodes { get; init; } = true;

        /// <summary>One step of the MPU6050's MOT_THR, mg: 32 in the product specification and the motion driver, 2 in i2cdevlib.</summary>
        public int MotionStepMg { get; init; } = 32;

        /// <summary>Whether the MPU6050 keeps what is written to 0x1D, which its map does not have since revision 4.</summary>
        public bool HasRegister1D { get; init; } = true;

        /// <summary>All variants, the usual one first.</summary>
        public static IReadOnlyList<ChipVariant> All { get; } = new[]
        {
            Usual,
            new ChipVariant { Name = "slow reset", ResetMs = 105 },
            new ChipVariant { Name = "deaf after reset", WakeIgnoredMs = 12 },
            new ChipVariant { Name = "deaf asleep", IgnoresSettingsAsleep = true },
            new ChipVariant { Name = "loses newest", LosesNewest = true },
            new ChipVariant { Name = "spoils above 448", SpoilsAbove448 = true },
            new ChipVariant { Name = "frames at once", FrameMicros = 0 },
            new ChipVariant { Name = "slow frames", FrameMicros = 240 },
            new ChipVariant { Name = "FIFO reset at any time", FifoResetNeedsFifoOff = false },
            new ChipVariant { Name = "keeps FIFO over reset", KeepsFifoOverReset = true },
            new ChipVariant { Name = "slow power-up", PowerUpMs = 100 },
            new ChipVariant { Name = "slow gyroscope", GyroStartMs = 70, SettleMs = 200 },
            new ChipVariant { Name = "slow self-test", SelfTestSettleMs = 200 },
            new ChipVariant { Name = "no self-test codes", HasSelfTestCodes = false },
            new ChipVariant { Name = "fine motion steps", MotionStepMg = 2 },
            new ChipVariant { Name = "no register 0x1D", HasRegister1D = false },
        };

        public override string ToString()
        {
            return Name;
        }
    }
}
