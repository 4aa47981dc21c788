using System.Threading;

namespace HarEdge.Firmware
{
    /// <summary>
    /// The chip's own test (register map §4.1, §4.4, §4.5): each axis is pushed electrically, and the push must be what the factory noted.
    /// Comes in: a woken chip that lies still. Goes out: the worst deviation. Leaves the ranges to be configured anew.
    /// </summary>
    internal sealed class FactorySelfTest
    {
        /// <summary>Axes tested: three of the accelerometer, three of the gyroscope.</summary>
        public const int Axes = 6;

        /// <summary>Largest deviation from the factory's note, per mille (product specification §6.1, §6.2: ±14 %).</summary>
        public const int TolerancePerMille = 140;

        private const int SelfTestX = 0x0D; // §4.1
        private const int GyroConfiguration = 0x1B; // §4.4
        private const int AccelConfiguration = 0x1C; // §4.5
        private const int AccelOutput = 0x3B; // §4.17
        private const int GyroOutput = 0x43; // §4.19

        private const int AllAxes = 0xE0;
        private const int Accel8G = 0x10;
        private const int Gyro250Dps = 0x00;

        // The push builds up within 50 ms; sixteen samples a millisecond apart take out noise.
        private const int SettleMs = 60;
        private const int Readings = 16;

        private readonly RegisterBus bus;
        private readonly byte[] bytes = new byte[6];
        private readonly int[] idle = new int[Axes];
        private readonly int[] pushed = new int[Axes];

        public FactorySelfTest(RegisterBus bus)
        {
            this.bus = bus;
        }

        /// <summary>False when the factory noted nothing, as in clones: then nothing can be said.</summary>
        public bool HasTrim { get; private set; }

        /// <summary>The first axis out of tolerance, or −1.</summary>
        public int FirstFailure { get; private set; }

        /// <summary>Largest deviation of an axis, per mille.</summary>
        public int WorstPerMille { get; private set; }

        /// <summary>Runs the test; takes about 0.2 s.</summary>
        /// <param name="isClone">Whether the factory's codes mean something else here: then nothing can be said.</param>
        public SensorStatus Run(bool isClone)
        {
            SensorStatus status = bus.Read(SelfTestX, bytes, 4);
            if (status != SensorStatus.Ok)
            {
                return status;
            }

            int[] trim = isClone ? new int[Axes] : TrimFrom(bytes);
            status = MeasureInto(idle, 0);
            if (status == SensorStatus.Ok)
            {
                status = MeasureInto(pushed, AllAxes);
            }

            if (status == SensorStatus.Ok)
            {
                Judge(trim);
                status = LetGo();
            }

            return status;
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

        // start · (factor / 10^6)^(code − 1) / 1000, and 0 for code 0. Values stay below 2^24, products below 2^44.
        private static int Grow(int start, int factor, int code)
        {
            long value = start;
            for (int i = 1; i < code; i++)
            {
                value = (value * factor + 500000) / 1000000;
            }

            return code == 0 ? 0 : (int)((value + 500) / 1000);
        }

        private SensorStatus MeasureInto(int[] sums, int push)
        {
            SensorStatus status = bus.Write(AccelConfiguration, push | Accel8G);
            if (status == SensorStatus.Ok)
            {
                status = bus.Write(GyroConfiguration, push | Gyro250Dps);
            }

            System.Array.Clear(sums, 0, Axes);
            Thread.Sleep(SettleMs);
            for (int i = 0; i < Readings && status == SensorStatus.Ok; i++)
            {
                Thread.Sleep(1);
                status = AddReading(sums, 0, AccelOutput);
                if (status == SensorStatus.Ok)
                {
                    status = AddReading(sums, 3, GyroOutput);
                }
            }

            return status;
        }

        // What is left of the push must not get into samples.
        private SensorStatus LetGo()
        {
            SensorStatus status = bus.Write(AccelConfiguration, Accel8G);
            status = status == SensorStatus.Ok ? bus.Write(GyroConfiguration, Gyro250Dps) : status;
            Thread.Sleep(SettleMs);
            return status;
        }

        private SensorStatus AddReading(int[] sums, int first, int register)
        {
            SensorStatus status = bus.Read(register, bytes, 6);
            for (int i = 0; i < 3 && status == SensorStatus.Ok; i++)
            {
                sums[first + i] += unchecked((short)((bytes[2 * i] << 8) | bytes[2 * i + 1]));
            }

            return status;
        }

        private void Judge(int[] trim)
        {
            FirstFailure = -1;
            WorstPerMille = 0;
            HasTrim = false;
            for (int axis = 0; axis < Axes; axis++)
            {
                if (trim[axis] == 0)
                {
                    continue;
                }

                // Sums of 16 shorts differ by at most 2^20, the trim adds below 2^18: times 1000 it stays below 2^31.
                HasTrim = true;
                int deviation = (pushed[axis] - idle[axis] - Readings * trim[axis]) * 1000 / (Readings * trim[axis]);
                deviation = deviation < 0 ? -deviation : deviation;
                WorstPerMille = deviation > WorstPerMille ? deviation : WorstPerMille;
                if (deviation > TolerancePerMille && FirstFailure < 0)
                {
                    FirstFailure = axis;
                }
            }
        }
    }
}
