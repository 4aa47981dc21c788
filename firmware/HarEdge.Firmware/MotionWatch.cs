namespace HarEdge.Firmware
{
    /// <summary>
    /// Puts the sensor on guard for deep sleep: only the accelerometer stays awake, and INT rises and stays up on motion. The sensor's next
    /// reset makes it normal again. (Register map RM-MPU-6000A-00 rev 4.2; the motion registers are described in rev 3.2 only.)
    /// </summary>
    internal sealed class MotionWatch
    {
        private const int AccelConfiguration = 0x1C; // §4.5
        private const int MotionThreshold = 0x1F; // rev 3.2 §4.8
        private const int MotionDuration = 0x20; // rev 3.2 §4.9
        private const int FifoEnable = 0x23; // §4.6
        private const int InterruptPin = 0x37; // §4.14
        private const int InterruptEnable = 0x38; // §4.15
        private const int InterruptStatus = 0x3A; // §4.16
        private const int PowerManagement1 = 0x6B; // §4.28
        private const int PowerManagement2 = 0x6C; // §4.29

        private const int LatchedUntilRead = 0x20;
        private const int HoldReference = 0x07;
        private const int MotionBit = 0x40;
        private const int TwentyHzGyroOff = 0x87;

        // Cycling needs the internal oscillator: the gyroscope's clock is off.
        private const int CycleOnInternalClock = 0x20;

        // 32 mg a step (product specification §6.2): 0.1 g wakes when it is picked up, not when a lorry passes.
        private const int WakeThreshold = 3;
        private const int WakeDurationMs = 1;

        private readonly RegisterBus bus;
        private readonly byte[] cleared = new byte[1];

        public MotionWatch(RegisterBus bus)
        {
            this.bus = bus;
        }

        /// <summary>Begins; the accelerometer then draws 70 µA at 20 Hz.</summary>
        /// <param name="accelRangeBits">Range in force: the sample held for comparison is in its counts.</param>
        public SensorStatus Begin(int accelRangeBits)
        {
            SensorStatus status = bus.WriteChecked(FifoEnable, 0);
            if (status == SensorStatus.Ok)
            {
                status = bus.WriteChecked(InterruptPin, LatchedUntilRead);
            }

            if (status == SensorStatus.Ok)
            {
                status = bus.WriteChecked(MotionThreshold, WakeThreshold);
            }

            if (status == SensorStatus.Ok)
            {
                status = bus.WriteChecked(MotionDuration, WakeDurationMs);
            }

            if (status == SensorStatus.Ok)
            {
                // From here on motion is what differs from the sample held now.
                status = bus.WriteChecked(AccelConfiguration, accelRangeBits | HoldReference);
            }

            if (status == SensorStatus.Ok)
            {
                status = bus.WriteChecked(InterruptEnable, MotionBit);
            }

            if (status == SensorStatus.Ok)
            {
                status = bus.Read(InterruptStatus, cleared, 1);
            }

            if (status == SensorStatus.Ok)
            {
                status = bus.WriteChecked(PowerManagement2, TwentyHzGyroOff);
            }

            return status == SensorStatus.Ok ? bus.WriteChecked(PowerManagement1, CycleOnInternalClock) : status;
        }
    }
}
