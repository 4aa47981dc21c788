using System.Threading;

namespace HarEdge.Firmware
{
    /// <summary>
    /// The sensor's wake-on-motion mode, for deep sleep: the accelerometer alone samples now and then, and INT rises and stays up on motion. The
    /// sensor's next reset makes it normal again. (Register map RM-MPU-6000A-00 rev 4.2, its motion registers in rev 3.2 only; RM-MPU-6500A-00 rev 2.1 for clones; DS-000193 rev 1.1 §5.1 for
    /// the MPU6886.)
    /// </summary>
    internal sealed class MpuWake
    {
        private const int AccelConfiguration = 0x1C; // §4.5
        private const int MotionThreshold = 0x1F; // rev 3.2 §4.8; 6500 §4.10
        private const int MotionThresholdX = 0x20; // ACCEL_WOM_X_THR of the MPU6886; Y and Z follow
        private const int FifoEnable = 0x23; // §4.6
        private const int InterruptPin = 0x37; // §4.14
        private const int InterruptEnable = 0x38; // §4.15
        private const int InterruptStatus = 0x3A; // §4.16
        private const int PowerManagement1 = 0x6B; // §4.28
        private const int PowerManagement2 = 0x6C; // §4.29

        private const int Icm20689 = 0x98;
        private const int HoldReference = 0x07;
        private const int MotionBit = 0x40;
        private const int MotionBitsByAxis = 0xE0;

        // The accelerometer alone, on the internal oscillator, with the thermometer off.
        private const int Cycle = 0x28;

        // 32 mg a step (product specification §6.2) against a held sample: 128 mg wakes when it is picked up, not when a lorry passes.
        private const int Threshold = 4;

        // 4 mg a step from one sample to the next: 12 mg wake at once, and 64 mg within ten minutes.
        private const int ThresholdOfOthers = 30;

        // The filter has let go of the past.
        private const int FilterMs = 5;

        private readonly RegisterBus bus;
        private readonly MpuSetup setup;
        private readonly byte[] found = new byte[1];

        public MpuWake(RegisterBus bus, MpuSetup setup)
        {
            this.bus = bus;
            this.setup = setup;
        }

        /// <summary>Whether the interrupt status that <see cref="Check"/> read shows motion.</summary>
        public bool HasMoved { get; private set; }

        /// <summary>Turns it on; the accelerometer then draws 70 µA (the others 20 to 40 µA).</summary>
        public SensorStatus Arm()
        {
            SensorStatus status = bus.WriteAllChecked(setup.IsMpu6050 ? OfMpu6050() : setup.IsMpu6886 ? OfMpu6886() : OfClone());
            if (status == SensorStatus.Ok)
            {
                Thread.Sleep(FilterMs);

                // The sample held for comparison is in counts of the range in force.
                status = setup.IsMpu6050
                    ? bus.WriteChecked(AccelConfiguration, setup.AccelRangeBits | HoldReference)
                    : bus.WriteChecked(InterruptEnable, MotionBits);
            }

            if (status == SensorStatus.Ok)
            {
                status = bus.Read(InterruptStatus, found, 1);
            }

            return status == SensorStatus.Ok ? bus.WriteChecked(PowerManagement1, Cycle) : status;
        }

        /// <summary>Reads whether it is as <see cref="Arm"/> left it, and whether there was motion; leaves it on.</summary>
        /// <returns><see cref="SensorStatus.SensorReset"/> when it is off, as after a brown-out.</returns>
        public SensorStatus Check()
        {
            SensorStatus status = bus.Expect(PowerManagement1, Cycle);
            status = status == SensorStatus.Ok ? bus.Expect(InterruptEnable, MotionBits) : status;
            int register = setup.IsMpu6886 ? MotionThresholdX : MotionThreshold;
            status = status == SensorStatus.Ok ? bus.Expect(register, setup.IsMpu6050 ? Threshold : ThresholdOfOthers) : status;
            if (status == SensorStatus.Ok)
            {
                status = bus.Read(InterruptStatus, found, 1);
                HasMoved = status == SensorStatus.Ok && (found[0] & MotionBits) != 0;
            }

            return status;
        }

        private int MotionBits
        {
            get { return setup.Identity == Icm20689 || setup.IsMpu6886 ? MotionBitsByAxis : MotionBit; }
        }

        // Register and value in turn; made when they are needed, which is hardly ever. The MPU6050 compares with the sample it holds when ACCEL_CONFIG is
        // written (bits 2:0), which needs an open filter.
        private byte[] OfMpu6050()
        {
            return new byte[]
            {
                FifoEnable, 0x00,
                PowerManagement1, 0x00, // the gyroscope's clock will stop
                InterruptPin, (byte)setup.LatchedInterrupt,
                0x1A, 0x00, // CONFIG (§4.3): 260 Hz
                MotionThreshold, Threshold,
                0x20, 0x01, // MOT_DUR (rev 3.2 §4.9): 1 ms
                InterruptEnable, MotionBit,
                PowerManagement2, 0x87, // 20 samples a second, gyroscope off
            };
        }

        private byte[] OfClone()
        {
            return new byte[]
            {
                FifoEnable, 0x00,
                PowerManagement1, 0x00, // the gyroscope's clock will stop
                InterruptPin, (byte)setup.LatchedInterrupt,
                PowerManagement2, 0x07, // gyroscope off
                0x1D, 0x01, // ACCEL_CONFIG_2 (6500 §4.8): 184 Hz
                0x69, 0xC0, // ACCEL_INTEL_CTRL (6500 §4.38): on, compared with the sample before
                MotionThreshold, ThresholdOfOthers,
                0x1E, 0x06, // LP_ACCEL_ODR (6500 §4.9): 15.6 samples a second
            };
        }

        private byte[] OfMpu6886()
        {
            return new byte[]
            {
                FifoEnable, 0x00,
                PowerManagement1, 0x00, // the gyroscope's clock will stop
                InterruptPin, (byte)setup.LatchedInterrupt,
                PowerManagement2, 0x07, // gyroscope off
                0x1D, 0x01, // ACCEL_CONFIG_2: 218 Hz, four samples averaged
                0x69, 0xC0, // ACCEL_INTEL_CTRL: on, compared with the sample before, any axis
                MotionThresholdX, ThresholdOfOthers,
                MotionThresholdX + 1, ThresholdOfOthers,
                MotionThresholdX + 2, ThresholdOfOthers,
                0x19, 0x3F, // SMPLRT_DIV: 15.6 samples a second
            };
        }
    }
}
