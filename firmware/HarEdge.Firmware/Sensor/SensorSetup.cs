using System.Threading;

namespace HarEdge.Firmware
{
    /// <summary>
    /// From a chip that has power to one that samples as the model wants it: who it is, reset, wake, ranges, filters and rate; later, whether it still has
    /// them. (Register map RM-MPU-6000A-00 rev 4.2; of the clones, RM-MPU-6500A-00 rev 2.1.) Never here: the FIFO.
    /// </summary>
    internal sealed class SensorSetup
    {
        /// <summary>CLKSEL of PWR_MGMT_1 (§4.28): the gyroscope's clock, good to 1 %.</summary>
        public const int ClockFromGyroX = 0x01;

        /// <summary>Bytes in the FIFO of a sample of both sensors: ax ay az gx gy gz, high byte first (§4.17, §4.19).</summary>
        public const int BytesOfBoth = HarEdge.Core.Pipeline.BytesPerSample;

        private const int BytesOfAccel = 6;

        // The chip's own oscillator, some percent off, which the rate's correction takes out.
        private const int OwnClock = 0x00;
        private const int GyroscopeStandby = 0x07;

        private const int InterruptPin = 0x37; // §4.14
        private const int InterruptEnable = 0x38; // §4.15
        private const int InterruptStatus = 0x3A; // §4.16
        private const int PowerManagement1 = 0x6B; // §4.28
        private const int PowerManagement2 = 0x6C; // §4.29
        private const int WhoAmI = 0x75; // §4.32

        private const int Genuine = 0x68;
        private const int DeviceReset = 0x80;
        private const int LatchedUntilRead = 0x20;
        private const int DataReady = 0x01;

        // The map says of the reset bit only that it clears by itself; public drivers wait up to 100 ms, and some write the clock twice.
        private const int PollMs = 10;
        private const int MostResetPolls = 20;
        private const int MostWakeTries = 10;

        // Public drivers let the gyroscope settle for 50 to 200 ms after waking; nothing flows into the FIFO meanwhile.
        private const int SettleMs = 200;

        // SMPLRT_DIV, CONFIG, GYRO_CONFIG, ACCEL_CONFIG (§4.2 to §4.5) and, in clones, ACCEL_CONFIG_2: neighbors, all zero after power-up.
        private const int SampleRateDivider = 0x19;
        private const int Settings = 4;
        private const int SettingsOfClone = 5;
        private const int Filter = 1;

        // The MPU6050 filters both sensors by CONFIG: 44 and 42 Hz; what lies above half of 50 Hz is too little to matter (docs/adr/0015). Clones filter
        // the accelerometer by ACCEL_CONFIG_2 with the same number; its bits 7:6, the FIFO's size on the ICM-20689, stay 0 for 512 bytes.
        private const int LowPass44Hz = 0x03;

        // With the low-pass filter on, the gyroscope gives 1,000 samples a second before the divider (§4.2).
        private const int FilteredRateHz = 1000;

        // Read again before it is believed: on the way back a bit may have turned.
        private const int CheckTries = 3;

        // One burst from the settings to PWR_MGMT_2: what is known at both of its ends. It ends before MEM_R_W (0x6F), where the address stays.
        private const int LongReadBytes = PowerManagement2 - SampleRateDivider + 1;

        private readonly RegisterBus bus;
        private readonly byte[] written = new byte[SettingsOfClone];
        private readonly byte[] found = new byte[SettingsOfClone];

        /// <param name="bus">The chip's.</param>
        /// <param name="usesGyroscope">Whether the gyroscope runs; otherwise it is put to standby, and with it goes nine tenths of the chip's current.</param>
        public SensorSetup(RegisterBus bus, bool usesGyroscope)
        {
            this.bus = bus;
            SampleBytes = usesGyroscope ? BytesOfBoth : BytesOfAccel;
        }

        /// <summary>Bytes of a sample in the FIFO.</summary>
        public int SampleBytes { get; }

        /// <summary>Whether the gyroscope runs.</summary>
        public bool UsesGyroscope
        {
            get { return SampleBytes == BytesOfBoth; }
        }

        /// <summary>PWR_MGMT_1 while it samples.</summary>
        public int Clock
        {
            get { return UsesGyroscope ? ClockFromGyroX : OwnClock; }
        }

        /// <summary>What WHO_AM_I answered: 0x68 for the real chip.</summary>
        public int Identity { get; private set; }

        /// <summary>Whether it is one of the chips sold as an MPU6050.</summary>
        public bool IsClone
        {
            get { return MotionSensor.IsClone(Identity); }
        }

        /// <summary>Bits 4:3 of ACCEL_CONFIG as last written.</summary>
        public int AccelRangeBits
        {
            get { return written[3]; }
        }

        /// <summary>Divider steps for a rate.</summary>
        public static int StepsFor(int rateHz)
        {
            return FilteredRateHz / rateHz;
        }

        /// <summary>Reads and judges WHO_AM_I.</summary>
        public SensorStatus CheckIdentity()
        {
            SensorStatus status = bus.Read(WhoAmI, found, 1);
            if (status != SensorStatus.Ok)
            {
                return status;
            }

            Identity = found[0];
            return Identity == Genuine || IsClone ? SensorStatus.Ok : SensorStatus.WrongIdentity;
        }

        /// <summary>Resets the chip and wakes it on its gyroscope's clock. Takes 10 to 300 ms.</summary>
        public SensorStatus Reset()
        {
            SensorStatus status = bus.Write(PowerManagement1, DeviceReset);
            if (status != SensorStatus.Ok)
            {
                return status;
            }

            for (int polls = 0; polls < MostResetPolls; polls++)
            {
                // In its reset a chip may not even acknowledge.
                Thread.Sleep(PollMs);
                status = bus.Read(PowerManagement1, found, 1);
                if (status == SensorStatus.Ok && (found[0] & DeviceReset) == 0)
                {
                    return Wake();
                }
            }

            return status == SensorStatus.Ok ? SensorStatus.ResetTimeout : status;
        }

        /// <summary>Writes ranges, filters and rate, reads each back, puts a gyroscope that nobody reads to standby, and lets the sensor settle. Takes 0.16 s.</summary>
        /// <param name="accelRangeG">± g: 2, 4, 8 or 16.</param>
        /// <param name="gyroRangeDps">± °/s: 250, 500, 1000 or 2000.</param>
        /// <param name="dividerSteps">The rate is 1,000 Hz by this, see <see cref="StepsFor"/>.</param>
        public SensorStatus Configure(int accelRangeG, int gyroRangeDps, int dividerSteps)
        {
            written[0] = (byte)(dividerSteps - 1);
            written[1] = LowPass44Hz;
            written[2] = (byte)(Doublings(gyroRangeDps, 250) << 3);
            written[3] = (byte)(Doublings(accelRangeG, 2) << 3);
            written[4] = LowPass44Hz;
            SensorStatus status = SensorStatus.Ok;
            for (int i = 0; i < SettingsCount && status == SensorStatus.Ok; i++)
            {
                status = bus.WriteChecked(SampleRateDivider + i, written[i]);
            }

            if (status == SensorStatus.Ok && !UsesGyroscope)
            {
                // Its clock before it stops.
                status = bus.WriteChecked(PowerManagement1, OwnClock);
                status = status == SensorStatus.Ok ? bus.WriteChecked(PowerManagement2, GyroscopeStandby) : status;
            }

            if (status == SensorStatus.Ok)
            {
                Thread.Sleep(SettleMs);
            }

            return status;
        }

        /// <summary>Whether the chip still has its settings; <see cref="SensorStatus.SensorReset"/> when it has those of power-up.</summary>
        public SensorStatus Check()
        {
            for (int tries = 0; tries < CheckTries; tries++)
            {
                SensorStatus status = bus.Read(SampleRateDivider, found, SettingsCount);
                if (status != SensorStatus.Ok)
                {
                    return status;
                }

                if (HoldsSettings(found))
                {
                    return SensorStatus.Ok;
                }
            }

            return found[Filter] == 0 ? SensorStatus.SensorReset : SensorStatus.RegisterMismatch;
        }

        /// <summary>
        /// Whether reads of more than some 32 bytes work on this runtime, as far as a read of 84 tells. Asked when the chip is configured and its FIFO off.
        /// </summary>
        /// <param name="buffer">At least 84 bytes; overwritten.</param>
        public bool SurvivesLongRead(byte[] buffer)
        {
            // USER_CTRL is 0 now.
            return bus.Read(SampleRateDivider, buffer, LongReadBytes) == SensorStatus.Ok
                && HoldsSettings(buffer)
                && buffer[LongReadBytes - 3] == 0 && buffer[LongReadBytes - 2] == Clock
                && buffer[LongReadBytes - 1] == (UsesGyroscope ? 0 : GyroscopeStandby);
        }

        /// <summary>Has INT rise with the next sample and stay up, or lets it fall; for finding out whether the wire is there.</summary>
        public SensorStatus SignalDataReady(bool isOn)
        {
            SensorStatus status = isOn ? bus.WriteChecked(InterruptPin, LatchedUntilRead) : SensorStatus.Ok;
            if (status == SensorStatus.Ok)
            {
                status = bus.WriteChecked(InterruptEnable, isOn ? DataReady : 0);
            }

            // Reading it lets INT fall.
            return status == SensorStatus.Ok && !isOn ? bus.Read(InterruptStatus, found, 1) : status;
        }

        private int SettingsCount
        {
            get { return IsClone ? SettingsOfClone : Settings; }
        }

        private SensorStatus Wake()
        {
            SensorStatus status = bus.WriteChecked(PowerManagement1, ClockFromGyroX);
            for (int tries = 1; tries < MostWakeTries && status == SensorStatus.RegisterMismatch; tries++)
            {
                Thread.Sleep(PollMs);
                status = bus.WriteChecked(PowerManagement1, ClockFromGyroX);
            }

            return status;
        }

        private bool HoldsSettings(byte[] bytes)
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

        // Full scales double from one setting to the next.
        private static int Doublings(int range, int smallest)
        {
            int doublings = 0;
            while (smallest << doublings < range)
            {
                doublings++;
            }

            return doublings;
        }
    }
}
