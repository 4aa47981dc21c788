namespace HarEdge.Firmware
{
    /// <summary>The self-test of an LSM6DS3TR-C (AN5130 §8, at 208 Hz for both sensors at once): its maker does not note the push, but its bounds (DocID030071 table 3).</summary>
    internal sealed class LsmSelfTest : SelfTest
    {
        private const int Control1Accel = 0x10; // §9.13
        private const int Control2Gyro = 0x11; // §9.14
        private const int Control3 = 0x12; // §9.15
        private const int Control5 = 0x14; // §9.17
        private const int GyroOutput = 0x22; // §9.29: three words, and behind them the accelerometer's, low byte first

        private const int WholeWords = 0x44;
        private const int Accel208Hz4G = 0x58;
        private const int Gyro208Hz2000Dps = 0x5C;
        private const int PositivePush = 0x05;

        /// <summary>How far the ends of 90 to 1,700 mg are from their middle.</summary>
        public const int AccelTolerancePerMille = 899;

        /// <summary>How far the ends of 150 to 700 °/s are from theirs.</summary>
        public const int GyroTolerancePerMille = 647;

        // The middles, in counts of 0.122 mg and 70 m°/s.
        private const int AccelPush = 7336;
        private const int GyroPush = 6071;

        private readonly byte[] bytes = new byte[12];

        public LsmSelfTest(RegisterBus bus)
            : base(bus)
        {
        }

        protected override int ReadingMs
        {
            get { return 5; }
        }

        protected override int TolerancePerMille(int axis)
        {
            return axis < 3 ? AccelTolerancePerMille : GyroTolerancePerMille;
        }

        protected override SensorStatus ReadExpected(int[] expected)
        {
            for (int axis = 0; axis < Axes; axis++)
            {
                expected[axis] = axis < 3 ? AccelPush : GyroPush;
            }

            return Bus.Write(Control3, WholeWords);
        }

        protected override SensorStatus Push(bool isOn)
        {
            SensorStatus status = Bus.Write(Control1Accel, Accel208Hz4G);
            status = status == SensorStatus.Ok ? Bus.Write(Control2Gyro, Gyro208Hz2000Dps) : status;
            return status == SensorStatus.Ok ? Bus.Write(Control5, isOn ? PositivePush : 0) : status;
        }

        protected override SensorStatus ReadInto(short[] counts)
        {
            SensorStatus status = Bus.Read(GyroOutput, bytes, bytes.Length);
            for (int axis = 0; axis < Axes; axis++)
            {
                int at = axis < 3 ? 2 * axis + 6 : 2 * axis - 6;
                counts[axis] = unchecked((short)(bytes[at] | (bytes[at + 1] << 8)));
            }

            return status;
        }
    }
}
