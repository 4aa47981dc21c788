using System.Threading;
using HarEdge.Core;

namespace HarEdge.Firmware
{
    /// <summary>
    /// From a chip that has power to one that samples as the model wants it: who it is, reset, wake, ranges, filters and rate; later, whether it still has
    /// them. (Register map RM-MPU-6000A-00 rev 4.2; of the clones, RM-MPU-6500A-00 rev 2.1; of the MPU6886, DS-000193 rev 1.1.) Never here: the FIFO.
    /// </summary>
    internal abstract class MpuSetup : MotionSensor
    {
        /// <summary>Address with AD0 low (product specification §9.2).</summary>
        public const int BusAddress = 0x68;

        /// <summary>WHO_AM_I (§4.32).</summary>
        public const int WhoAmI = 0x75;

        /// <summary>CLKSEL of PWR_MGMT_1 (§4.28): the gyroscope's clock, good to 1 %.</summary>
        public const int ClockFromGyroX = 0x01;

        /// <summary>Bytes of three axes, high byte first (§4.17, §4.19).</summary>
        public const int BytesOfAccel = 6;

        /// <summary>Bytes in the FIFO of a sample of the MPU6886's accelerometer alone: the temperature follows it (Linux, inv_icm20602_scan_masks).</summary>
        public const int AccelFrameOfMpu6886 = 8;

        /// <summary>Where the gyroscope stands in a sample of both: after the temperature.</summary>
        public const int GyroInFrameOfMpu6886 = 8;

        private const int FrameOfMpu6886 = 14;

        // The chip's own oscillator, some percent off, which the rate's correction takes out.
        private const int OwnClock = 0x00;
        private const int GyroscopeStandby = 0x07;

        private const int InterruptPin = 0x37; // §4.14
        private const int InterruptEnable = 0x38; // §4.15
        private const int InterruptStatus = 0x3A; // §4.16
        private const int PowerManagement1 = 0x6B; // §4.28
        private const int PowerManagement2 = 0x6C; // §4.29

        private const int Mpu6050 = 0x68;
        private const int Mpu6886 = 0x19;
        private const int DeviceReset = 0x80;
        private const int LatchedUntilRead = 0x20;
        private const int LowOpenDrain = 0xC0;
        private const int DataReady = 0x01;

        // The map says of the reset bit only that it clears by itself; public drivers wait up to 100 ms, and some write the clock twice.
        private const int PollMs = 10;
        private const int MostResetPolls = 20;
        private const int MostWakeTries = 10;

        // Public drivers let the gyroscope settle for 50 to 200 ms after waking; nothing flows into the FIFO meanwhile.
        private const int SettleMs = 200;

        // SMPLRT_DIV, CONFIG, GYRO_CONFIG, ACCEL_CONFIG (§4.2 to §4.5) and, but for the MPU6050, ACCEL_CONFIG_2: neighbors, the filter zero after power-up.
        private const int SampleRateDivider = 0x19;
        private const int Settings = 4;
        private const int SettingsOfOthers = 5;
        private const int Filter = 1;
        private const int FilterBits = 0x07;

        // The MPU6050 filters both sensors by CONFIG: 44 and 42 Hz; what lies above half of 50 Hz is too little to matter (docs/adr/0015). The others filter
        // the accelerometer by ACCEL_CONFIG_2 with the same number; its bits 7:6, the FIFO's size on the ICM-20689, stay 0 for 512 bytes.
        private const int LowPass44Hz = 0x03;

        // With the low-pass filter on, the gyroscope gives 1,000 samples a second before the divider (§4.2).
        private const int FilteredRateHz = 1000;

        // 40 to 66 Hz: a sensor further off than that is broken, not slow.
        private const int LeastSteps = 15;
        private const int MostSteps = 25;

        // One burst from the settings to PWR_MGMT_2: what is known at both of its ends. It ends before MEM_R_W (0x6F), where the address stays.
        private const int LongReadBytes = PowerManagement2 - SampleRateDivider + 1;

        private readonly byte[] written = new byte[SettingsOfOthers];
        private readonly byte[] found = new byte[SettingsOfOthers];

        private int dividerSteps = FilteredRateHz / SensorScale.SampleRateHz;

        protected MpuSetup(RegisterBus bus, bool usesGyroscope)
            : base(bus, usesGyroscope)
        {
        }

        public override int Address
        {
            get { return BusAddress; }
        }

        /// <summary>Bytes of a sample in the FIFO.</summary>
        public int FrameBytes
        {
            get
            {
                int sampleBytes = UsesGyroscope ? 2 * BytesOfAccel : BytesOfAccel;
                return !IsMpu6886 ? sampleBytes : UsesGyroscope ? FrameOfMpu6886 : AccelFrameOfMpu6886;
            }
        }

        /// <summary>PWR_MGMT_1 while it samples.</summary>
        public int Clock
        {
            get { return UsesGyroscope ? ClockFromGyroX : OwnClock; }
        }

        public bool IsMpu6050
        {
            get { return Identity == Mpu6050; }
        }

        public bool IsMpu6886
        {
            get { return Identity == Mpu6886; }
        }

        /// <summary>Chips built like the MPU6500 (0x70), many of them sold as MPU6050: MPU9250 (0x71), MPU9255 (0x73), unmarked (0x72), ICM-20689 (0x98).</summary>
        public override bool IsClone
        {
            get { return Identity == 0x70 || Identity == 0x71 || Identity == 0x72 || Identity == 0x73 || Identity == 0x98; }
        }

        /// <summary>Bits 4:3 of ACCEL_CONFIG as last written.</summary>
        public int AccelRangeBits
        {
            get { return written[3]; }
        }

        /// <summary>INT_PIN_CFG that has INT stay active until its status is read: high, or low on a line that others share (bits 7:6: active low, open drain).</summary>
        public int LatchedInterrupt
        {
            get { return Bus.IsInterruptLow ? LatchedUntilRead | LowOpenDrain : LatchedUntilRead; }
        }

        public override SensorStatus CheckIdentity()
        {
            SensorStatus status = Bus.Read(WhoAmI, found, 1);
            if (status != SensorStatus.Ok)
            {
                return status;
            }

            Identity = found[0];
            return IsMpu6050 || IsMpu6886 || IsClone ? SensorStatus.Ok : SensorStatus.WrongIdentity;
        }

        // Wakes it on its gyroscope's clock. Takes 10 to 300 ms.
        public override SensorStatus Reset()
        {
            SensorStatus status = Bus.Write(PowerManagement1, DeviceReset);
            if (status != SensorStatus.Ok)
            {
                return status;
            }

            for (int polls = 0; polls < MostResetPolls; polls++)
            {
                // In its reset a chip may not even acknowledge.
                Thread.Sleep(PollMs);
                status = Bus.Read(PowerManagement1, found, 1);
                if (status == SensorStatus.Ok && (found[0] & DeviceReset) == 0)
                {
                    return Wake();
                }
            }

            return status == SensorStatus.Ok ? SensorStatus.ResetTimeout : status;
        }

        public override SelfTest CreateSelfTest()
        {
            return new MpuSelfTest(this, Bus);
        }

        // Takes 0.2 s.
        public override SensorStatus Configure(int accelRangeG, int gyroRangeDps)
        {
            written[0] = (byte)(dividerSteps - 1);
            written[1] = LowPass44Hz;
            written[2] = (byte)(Doublings(gyroRangeDps, 250) << 3);
            written[3] = (byte)(Doublings(accelRangeG, 2) << 3);
            written[4] = LowPass44Hz;
            SensorStatus status = SensorStatus.Ok;
            for (int i = 0; i < SettingsCount && status == SensorStatus.Ok; i++)
            {
                status = Bus.WriteChecked(SampleRateDivider + i, written[i]);
            }

            if (status == SensorStatus.Ok && !UsesGyroscope)
            {
                // Its clock before it stops.
                status = Bus.WriteChecked(PowerManagement1, OwnClock);
                status = status == SensorStatus.Ok ? Bus.WriteChecked(PowerManagement2, GyroscopeStandby) : status;
            }

            if (status == SensorStatus.Ok)
            {
                Thread.Sleep(SettleMs);
            }

            return status;
        }

        public override bool Correct(int rateMilliHz)
        {
            int better = RateMonitor.BetterSteps(dividerSteps, rateMilliHz, LeastSteps, MostSteps);
            bool canImprove = better != dividerSteps;
            dividerSteps = better;
            return canImprove;
        }

        public override SensorStatus CheckSettings()
        {
            SensorStatus status = ReadSettings(SampleRateDivider, found, SettingsCount);
            return status == SensorStatus.RegisterMismatch && (found[Filter] & FilterBits) == 0 ? SensorStatus.SensorReset : status;
        }

        public override bool SurvivesLongRead(byte[] buffer)
        {
            // USER_CTRL is 0 now.
            return Bus.Read(SampleRateDivider, buffer, LongReadBytes) == SensorStatus.Ok
                && HoldsSettings(buffer)
                && buffer[LongReadBytes - 3] == 0 && buffer[LongReadBytes - 2] == Clock
                && buffer[LongReadBytes - 1] == (UsesGyroscope ? 0 : GyroscopeStandby);
        }

        public override SensorStatus SignalDataReady(bool isOn)
        {
            SensorStatus status = isOn ? Bus.WriteChecked(InterruptPin, LatchedInterrupt) : SensorStatus.Ok;
            if (status == SensorStatus.Ok)
            {
                status = Bus.WriteChecked(InterruptEnable, isOn ? DataReady : 0);
            }

            // Reading it lets INT go.
            return status == SensorStatus.Ok && !isOn ? Bus.Read(InterruptStatus, found, 1) : status;
        }

        public override SensorStatus ArmWakeOnMotion()
        {
            return new MpuWake(Bus, this).Arm();
        }

        public override SensorStatus CheckWakeOnMotion()
        {
            MpuWake mode = new MpuWake(Bus, this);
            SensorStatus status = mode.Check();
            HasMoved = mode.HasMoved;
            return status;
        }

        private int SettingsCount
        {
            get { return IsMpu6050 ? Settings : SettingsOfOthers; }
        }

        private SensorStatus Wake()
        {
            SensorStatus status = Bus.WriteChecked(PowerManagement1, ClockFromGyroX);
            for (int tries = 1; tries < MostWakeTries && status == SensorStatus.RegisterMismatch; tries++)
            {
                Thread.Sleep(PollMs);
                status = Bus.WriteChecked(PowerManagement1, ClockFromGyroX);
            }

            return status;
        }

        protected override bool HoldsSettings(byte[] bytes)
        {
            for (int i = 0; i < SettingsCount; i++)
            {
                if (bytes[i] != written[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
