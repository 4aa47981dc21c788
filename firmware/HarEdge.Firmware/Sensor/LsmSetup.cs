using System.Threading;

namespace HarEdge.Firmware
{
    /// <summary>
    /// From an LSM6DS3TR-C that has power to one that samples as the model wants it, and whether it still does (data sheet DocID030071 rev 3, application note AN5130 rev 1). It has no
    /// 50 Hz: both sensors run at 104 Hz, the accelerometer filtered at 26 Hz, the gyroscope at 33 Hz, and <see cref="Resampler"/> makes 50 of it. Never here: the FIFO's content.
    /// </summary>
    internal abstract class LsmSetup : MotionSensor
    {
        /// <summary>Address with SA0 low (§6.1.1).</summary>
        public const int BusAddress = 0x6A;

        /// <summary>WHO_AM_I (§9.12).</summary>
        public const int WhoAmI = 0x0F;

        /// <summary>What it answers; an LSM6DSL, which is built alike, says the same.</summary>
        public const int Lsm6ds3trc = 0x6A;

        /// <summary>Settings as one burst: FIFO_CTRL1 to CTRL10_C.</summary>
        protected const int FirstSetting = 0x06;

        /// <summary>Place of FIFO_CTRL5 (§9.8) among the settings.</summary>
        protected const int FifoControl5 = 4;

        /// <summary>FIFO off and empty, at 104 Hz (§9.8, tables 41 and 42).</summary>
        protected const int FifoBypass = 0x20;

        private const int Settings = 20;
        private const int FifoControl3 = 2; // §9.6
        private const int Reserved = 6; // 0x0C
        private const int Interrupt1Control = 7; // §9.10
        private const int Identification = 9; // §9.12
        private const int Control1Accel = 10; // §9.13
        private const int Control2Gyro = 11; // §9.14
        private const int Control3 = 12; // §9.15
        private const int Control6 = 15; // §9.18
        private const int Control9 = 18; // §9.21: the data sheet has two reset values for it

        private const int BankAccess = 0x01; // FUNC_CFG_ACCESS, §9.1
        private const int WakeUpSource = 0x1B; // §9.24
        private const int TapConfiguration = 0x58; // §9.75
        private const int WakeUpThreshold = 0x5B; // §9.78
        private const int WakeUpDuration = 0x5C; // §9.79
        private const int Interrupt1Functions = 0x5E; // §9.81

        // Each word of both sensors, or of one, into the FIFO (tables 33 and 34).
        private const int FifoOfBoth = 0x09;
        private const int FifoOfAccel = 0x01;

        private const int At104Hz = 0x40;
        private const int LowPassQuarter = 0x02; // LPF1_BW_SEL: a quarter of the rate
        private const int WholeWords = 0x44; // BDU and IF_INC
        private const int SoftwareReset = 0x01; // SW_RESET
        private const int LowOpenDrain = 0x30; // H_LACTIVE and PP_OD
        private const int AccelReady = 0x01;

        // Full scales in the order of their codes: 2, 16, 4, 8 g (§9.13). Those of the gyroscope ascend.
        private static readonly byte[] AccelCodes = { 0, 2, 3, 1 };

        // Wake on motion: 12.5 Hz in low power, ±2 g; half of a step from one sample to the next against 2 of 64 parts of it, so 125 mg (AN5130 §5.3).
        private const int At833Hz = 0x70;
        private const int At12Hz = 0x10;
        private const int LowPowerAccel = 0x10;
        private const int Threshold = 2;
        private const int LatchedInterrupts = 0x81;
        private const int WakeUpOnInterrupt1 = 0x20;
        private const int WakeUpBit = 0x08;
        private const int FilterMs = 5;

        // The reset takes 50 µs (AN5130 §4.9), the gyroscope 70 ms and four samples to settle (§3.9).
        private const int PollMs = 10;
        private const int MostResetPolls = 20;
        private const int SettleMs = 200;

        // Up to FIFO_STATUS4, known while the FIFO is off; beyond it the address goes back.
        private const int LongReadBytes = 0x3D - FirstSetting + 1;
        private const int FifoEmpty = 0x10;

        private readonly byte[] written = new byte[Settings];
        private readonly byte[] found = new byte[Settings];

        protected LsmSetup(RegisterBus bus, bool usesGyroscope)
            : base(bus, usesGyroscope)
        {
            Resampler = new Resampler(usesGyroscope);
        }

        public override int Address
        {
            get { return BusAddress; }
        }

        public override bool IsClone
        {
            get { return false; }
        }

        /// <summary>From its rate and scale to the model's.</summary>
        public Resampler Resampler { get; }

        public override SensorStatus CheckIdentity()
        {
            SensorStatus status = Bus.Read(WhoAmI, found, 1);
            if (status == SensorStatus.Ok && found[0] != Lsm6ds3trc)
            {
                // A turned bit may have opened another bank of registers.
                status = Bus.Write(BankAccess, 0);
                status = status == SensorStatus.Ok ? Bus.Read(WhoAmI, found, 1) : status;
            }

            if (status != SensorStatus.Ok)
            {
                return status;
            }

            Identity = found[0];
            return Identity == Lsm6ds3trc ? SensorStatus.Ok : SensorStatus.WrongIdentity;
        }

        // With the gyroscope off and the accelerometer on (AN5130 §4.9).
        public override SensorStatus Reset()
        {
            SensorStatus status = Bus.Write(FirstSetting + Control2Gyro, 0);
            status = status == SensorStatus.Ok ? Bus.Write(FirstSetting + Control1Accel, At104Hz) : status;
            status = status == SensorStatus.Ok ? Bus.Write(FirstSetting + Control3, SoftwareReset) : status;
            for (int polls = 0; polls < MostResetPolls && status == SensorStatus.Ok; polls++)
            {
                Thread.Sleep(PollMs);
                status = Bus.Read(FirstSetting + Control3, found, 1);
                if (status == SensorStatus.Ok && (found[0] & 1) == 0)
                {
                    return SensorStatus.Ok;
                }

                // In its reset a chip may not even acknowledge.
                status = status == SensorStatus.NotAcknowledged ? SensorStatus.Ok : status;
            }

            return status == SensorStatus.Ok ? SensorStatus.ResetTimeout : status;
        }

        public override SelfTest CreateSelfTest()
        {
            return new LsmSelfTest(Bus);
        }

        // Takes 0.2 s.
        public override SensorStatus Configure(int accelRangeG, int gyroRangeDps)
        {
            for (int i = 0; i < Settings; i++)
            {
                written[i] = 0;
            }

            written[FifoControl3] = (byte)(UsesGyroscope ? FifoOfBoth : FifoOfAccel);
            written[FifoControl5] = FifoBypass;
            written[Identification] = Lsm6ds3trc;
            written[Control1Accel] = (byte)(At104Hz | (AccelCodes[Doublings(accelRangeG, 2)] << 2) | LowPassQuarter);
            written[Control2Gyro] = (byte)(UsesGyroscope ? At104Hz | (Doublings(gyroRangeDps, 250) << 2) : 0);
            written[Control3] = (byte)(Bus.IsInterruptLow ? WholeWords | LowOpenDrain : WholeWords);
            SensorStatus status = SensorStatus.Ok;
            for (int i = 0; i < Settings && status == SensorStatus.Ok; i++)
            {
                // What the reset has made 0 is not written: a bit that turns on its way to CTRL4_C (§9.16) can switch I2C off, and only the supply switches it on again.
                bool isWritten = i == Control9 || (written[i] != 0 && i != Identification);
                status = isWritten ? Bus.WriteChecked(FirstSetting + i, written[i]) : status;
            }

            if (status == SensorStatus.Ok)
            {
                Thread.Sleep(SettleMs);
                status = CheckSettings();
            }

            return status;
        }

        public override bool Correct(int rateMilliHz)
        {
            return Resampler.Correct(rateMilliHz);
        }

        public override SensorStatus CheckSettings()
        {
            SensorStatus status = ReadSettings(FirstSetting, found, Settings);
            return status == SensorStatus.RegisterMismatch && found[Control1Accel] == 0 ? SensorStatus.SensorReset : status;
        }

        public override bool SurvivesLongRead(byte[] buffer)
        {
            return Bus.Read(FirstSetting, buffer, LongReadBytes) == SensorStatus.Ok
                && HoldsSettings(buffer)
                && buffer[LongReadBytes - 4] == 0 && buffer[LongReadBytes - 3] == FifoEmpty
                && buffer[LongReadBytes - 2] == 0 && buffer[LongReadBytes - 1] == 0;
        }

        public override SensorStatus SignalDataReady(bool isOn)
        {
            return Bus.WriteChecked(FirstSetting + Interrupt1Control, isOn ? AccelReady : 0);
        }

        // First at a high rate, so that the filter knows the position before anything is driven to the pin (AN5130 §5.3 c).
        public override SensorStatus ArmWakeOnMotion()
        {
            byte[] pairs =
            {
                FirstSetting + FifoControl5, 0x00,
                FirstSetting + Control2Gyro, 0x00,
                WakeUpDuration, 0x00,
                WakeUpThreshold, Threshold,
                TapConfiguration, LatchedInterrupts,
                FirstSetting + Control1Accel, At833Hz,
            };
            SensorStatus status = Bus.WriteAllChecked(pairs);
            Thread.Sleep(FilterMs);
            status = status == SensorStatus.Ok ? Bus.WriteChecked(FirstSetting + Control6, LowPowerAccel) : status;
            status = status == SensorStatus.Ok ? Bus.WriteChecked(FirstSetting + Control1Accel, At12Hz) : status;
            status = status == SensorStatus.Ok ? Bus.Read(WakeUpSource, found, 1) : status;
            return status == SensorStatus.Ok ? Bus.WriteChecked(Interrupt1Functions, WakeUpOnInterrupt1) : status;
        }

        public override SensorStatus CheckWakeOnMotion()
        {
            HasMoved = false;
            SensorStatus status = Bus.Expect(FirstSetting + Control1Accel, At12Hz);
            status = status == SensorStatus.Ok ? Bus.Expect(TapConfiguration, LatchedInterrupts) : status;
            status = status == SensorStatus.Ok ? Bus.Expect(WakeUpThreshold, Threshold) : status;
            status = status == SensorStatus.Ok ? Bus.Expect(Interrupt1Functions, WakeUpOnInterrupt1) : status;
            if (status == SensorStatus.Ok)
            {
                status = Bus.Read(WakeUpSource, found, 1);
                HasMoved = status == SensorStatus.Ok && (found[0] & WakeUpBit) != 0;
            }

            return status;
        }

        /// <summary>Writes FIFO_CTRL5 and notes it among the settings.</summary>
        protected SensorStatus SetFifo(int value)
        {
            written[FifoControl5] = (byte)value;
            return Bus.WriteChecked(FirstSetting + FifoControl5, value);
        }

        protected override bool HoldsSettings(byte[] bytes)
        {
            for (int i = 0; i < Settings; i++)
            {
                if (bytes[i] != written[i] && i != Reserved)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
