namespace HarEdge.Firmware
{
    /// <summary>The self-test of an MPU6050 (register map §4.1, §4.4, §4.5) and, under another law, of its clones and the MPU6886 (AN-MPU-6500A-02): the factory noted each axis's push.</summary>
    internal sealed class MpuSelfTest : SelfTest
    {
        /// <summary>Product specification §6.1, §6.2: ±14 %.</summary>
        public const int ToleranceOfMpu6050 = 140;

        /// <summary>AN-MPU-6500A-02: half to one and a half.</summary>
        public const int ToleranceOfOthers = 500;

        private const int SelfTestGyroOfClone = 0x00; // 6500 §4.1
        private const int SelfTestGyroOfMpu6886 = 0x50; // DS-000193 §8
        private const int SelfTestAccel = 0x0D; // §4.1
        private const int GyroConfiguration = 0x1B; // §4.4
        private const int AccelConfiguration = 0x1C; // §4.5
        private const int AccelOutput = 0x3B; // §4.17
        private const int GyroOutput = 0x43; // §4.19

        private const int AllAxes = 0xE0;
        private const int Accel8G = 0x10;
        private const int Accel2GOfOthers = 0x00;
        private const int Gyro250Dps = 0x00;

        private readonly MpuSetup setup;
        private readonly byte[] bytes = new byte[6];

        public MpuSelfTest(MpuSetup setup, RegisterBus bus)
            : base(bus)
        {
            this.setup = setup;
        }

        protected override int ReadingMs
        {
            get { return 1; }
        }

        /// <summary>
        /// Factory trim of ax ay az (counts at ±8 g) and gx gy gz (counts at ±250 °/s), 0 where nothing was noted; within 2 counts.
        /// </summary>
        /// <param name="codes">Registers 13 to 16.</param>
        public static int[] TrimFrom(byte[] codes)
        {
            int[] trim = new int[Axes];
            for (int axis = 0; axis < 3; axis++)
            {
                int accelCode = ((codes[axis] >> 5) << 2) | ((codes[3] >> (4 - 2 * axis)) & 3);
                int gyroCode = codes[axis] & 0x1F;

                // 4096 · 0.34 · (0.92 / 0.34)^((code − 1) / 30), and 25 · 131 · 1.046^(code − 1), negative for y.
                trim[axis] = Grow(1392640, 1033737, accelCode);
                trim[3 + axis] = axis == 1 ? -Grow(3275000, 1046000, gyroCode) : Grow(3275000, 1046000, gyroCode);
            }

            return trim;
        }

        /// <summary>Factory trim of an axis of the other chips, counts at ±2 g or ±250 °/s: 2620 · 1.01^(code − 1), 0 where nothing was noted; within 2 counts.</summary>
        public static int TrimOfOthers(int code)
        {
            return Grow(2620000, 1010000, code);
        }

        protected override int TolerancePerMille(int axis)
        {
            return setup.IsMpu6050 ? ToleranceOfMpu6050 : ToleranceOfOthers;
        }

        protected override SensorStatus ReadExpected(int[] expected)
        {
            SensorStatus status = Bus.Read(SelfTestAccel, bytes, setup.IsMpu6050 ? 4 : 3);
            if (setup.IsMpu6050)
            {
                System.Array.Copy(TrimFrom(bytes), 0, expected, 0, Axes);
                return status;
            }

            for (int axis = 0; axis < 3; axis++)
            {
                expected[axis] = TrimOfOthers(bytes[axis]);
            }

            status = status == SensorStatus.Ok ? Bus.Read(setup.IsMpu6886 ? SelfTestGyroOfMpu6886 : SelfTestGyroOfClone, bytes, 3) : status;
            for (int axis = 0; axis < 3; axis++)
            {
                expected[3 + axis] = TrimOfOthers(bytes[axis]);
            }

            return status;
        }

        protected override SensorStatus Push(bool isOn)
        {
            int axes = isOn ? AllAxes : 0;
            SensorStatus status = Bus.Write(AccelConfiguration, axes | (setup.IsMpu6050 ? Accel8G : Accel2GOfOthers));
            return status == SensorStatus.Ok ? Bus.Write(GyroConfiguration, axes | Gyro250Dps) : status;
        }

        protected override SensorStatus ReadInto(short[] counts)
        {
            SensorStatus status = Bus.Read(AccelOutput, bytes, 6);
            TakeInto(counts, 0);
            status = status == SensorStatus.Ok ? Bus.Read(GyroOutput, bytes, 6) : status;
            TakeInto(counts, 3);
            return status;
        }

        private void TakeInto(short[] counts, int first)
        {
            for (int i = 0; i < 3; i++)
            {
                counts[first + i] = unchecked((short)((bytes[2 * i] << 8) | bytes[2 * i + 1]));
            }
        }

        // start · (factor / 10^6)^(code − 1) / 1000, and 0 for code 0. Values stay below 2^25, products below 2^45.
        private static int Grow(int start, int factor, int code)
        {
            long value = start;
            for (int i = 1; i < code; i++)
            {
                value = (value * factor + 500000) / 1000000;
            }

            return code == 0 ? 0 : (int)((value + 500) / 1000);
        }
    }
}
