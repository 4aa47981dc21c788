using System.Threading;

namespace HarEdge.Firmware
{
    /// <summary>
    /// The chip's own test (register map §4.1, §4.4, §4.5; of clones AN-MPU-6500A-02): each axis is pushed electrically, and the push must be what the
    /// factory noted. Comes in: a woken chip. Goes out: the worst deviation, or that nothing can be said. Leaves the ranges to be configured anew.
    /// </summary>
    internal sealed class FactorySelfTest
    {
        /// <summary>Axes tested: three of the accelerometer, three of the gyroscope.</summary>
        public const int Axes = 6;

        /// <summary>Largest deviation from the factory's note, per mille (product specification §6.1, §6.2: ±14 %).</summary>
        public const int TolerancePerMille = 140;

        /// <summary>The same of clones (AN-MPU-6500A-02: half to one and a half).</summary>
        public const int TolerancePerMilleOfClone = 500;

        private const int SelfTestGyroOfClone = 0x00; // 6500 §4.1
        private const int SelfTestAccel = 0x0D; // §4.1
        private const int GyroConfiguration = 0x1B; // §4.4
        private const int AccelConfiguration = 0x1C; // §4.5
        private const int AccelOutput = 0x3B; // §4.17
        private const int GyroOutput = 0x43; // §4.19

        private const int AllAxes = 0xE0;
        private const int Accel8G = 0x10;
        private const int Accel2GOfClone = 0x00;
        private const int Gyro250Dps = 0x00;

        // Public drivers let the push build up, and go, for 20 to 200 ms; sixteen samples a millisecond apart take out noise.
        private const int SettleMs = 200;
        private const int Readings = 16;

        // More motion than this share of the smallest push makes any verdict worthless: within a measurement, and between those before and after.
        private const int StirringPart = 8;
        private const int DriftPart = 16;

        private readonly RegisterBus bus;
        private readonly byte[] bytes = new byte[6];
        private readonly int[] before = new int[Axes];
        private readonly int[] pushed = new int[Axes];
        private readonly int[] after = new int[Axes];
        private readonly int[] least = new int[Axes];
        private readonly int[] most = new int[Axes];

        public FactorySelfTest(RegisterBus bus)
        {
            this.bus = bus;
        }

        /// <summary>False when nothing can be said: the factory noted nothing, or the wearer moved.</summary>
        public bool HasVerdict { get; private set; }

        /// <summary>The first axis out of tolerance, or −1.</summary>
        public int FirstFailure { get; private set; }

        /// <summary>Largest deviation of an axis, per mille.</summary>
        public int WorstPerMille { get; private set; }

        /// <summary>Runs the test; takes about 0.7 s, and as long again before it says that the chip failed.</summary>
        /// <param name="isClone">Whether it is built like the MPU6500.</param>
        public SensorStatus Run(bool isClone)
        {
            SensorStatus status = RunOnce(isClone);
            int failure = FirstFailure;
            if (status == SensorStatus.Ok && failure >= 0)
            {
                // A wearer's movement now and then looks still in all three measurements, hardly ever twice in the same way: of 31,000 boots over recordings
                // of HAPT and SisFall 33 first runs found an axis out of tolerance, and no second run the same.
                status = RunOnce(isClone);
                HasVerdict &= FirstFailure < 0 || FirstFailure == failure;
            }

            return status;
        }

        private SensorStatus RunOnce(bool isClone)
        {
            HasVerdict = false;
            WorstPerMille = 0;
            FirstFailure = -1;
            int[] trim = new int[Axes];
            SensorStatus status = isClone ? ReadTrimOfClone(trim) : ReadTrim(trim);
            int range = isClone ? Accel2GOfClone : Accel8G;
            bool isStill = status == SensorStatus.Ok;
            if (status == SensorStatus.Ok)
            {
                status = MeasureInto(before, range);
                isStill &= IsStill(trim);
            }

            if (status == SensorStatus.Ok)
            {
                status = MeasureInto(pushed, AllAxes | range);
                isStill &= IsStill(trim);
            }

            if (status == SensorStatus.Ok)
            {
                status = MeasureInto(after, range);
                isStill &= IsStill(trim);
            }

            if (status == SensorStatus.Ok && isStill && HasNoDrift(trim))
            {
                Judge(trim, isClone ? TolerancePerMilleOfClone : TolerancePerMille);
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

        /// <summary>Factory trim of an axis of a clone, counts at ±2 g or ±250 °/s: 2620 · 1.01^(code − 1), 0 where nothing was noted; within 2 counts.</summary>
        public static int TrimOfClone(int code)
        {
            return Grow(2620000, 1010000, code);
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

        private SensorStatus ReadTrim(int[] trim)
        {
            SensorStatus status = bus.Read(SelfTestAccel, bytes, 4);
            if (status == SensorStatus.Ok)
            {
                System.Array.Copy(TrimFrom(bytes), 0, trim, 0, Axes);
            }

            return status;
        }

        private SensorStatus ReadTrimOfClone(int[] trim)
        {
            SensorStatus status = bus.Read(SelfTestAccel, bytes, 3);
            for (int axis = 0; axis < 3; axis++)
            {
                trim[axis] = TrimOfClone(bytes[axis]);
            }

            status = status == SensorStatus.Ok ? bus.Read(SelfTestGyroOfClone, bytes, 3) : status;
            for (int axis = 0; axis < 3; axis++)
            {
                trim[3 + axis] = TrimOfClone(bytes[axis]);
            }

            return status;
        }

        private SensorStatus MeasureInto(int[] sums, int accelBits)
        {
            SensorStatus status = bus.Write(AccelConfiguration, accelBits);
            if (status == SensorStatus.Ok)
            {
                status = bus.Write(GyroConfiguration, (accelBits & AllAxes) | Gyro250Dps);
            }

            for (int axis = 0; axis < Axes; axis++)
            {
                sums[axis] = 0;
                least[axis] = short.MaxValue;
                most[axis] = short.MinValue;
            }

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

        private SensorStatus AddReading(int[] sums, int first, int register)
        {
            SensorStatus status = bus.Read(register, bytes, 6);
            for (int i = 0; i < 3 && status == SensorStatus.Ok; i++)
            {
                int counts = unchecked((short)((bytes[2 * i] << 8) | bytes[2 * i + 1]));
                sums[first + i] += counts;
                least[first + i] = counts < least[first + i] ? counts : least[first + i];
                most[first + i] = counts > most[first + i] ? counts : most[first + i];
            }

            return status;
        }

        private bool IsStill(int[] trim)
        {
            for (int axis = 0; axis < Axes; axis++)
            {
                if (trim[axis] != 0 && most[axis] - least[axis] > Size(trim[axis]) / StirringPart)
                {
                    return false;
                }
            }

            return true;
        }

        private bool HasNoDrift(int[] trim)
        {
            for (int axis = 0; axis < Axes; axis++)
            {
                if (trim[axis] != 0 && Size(after[axis] - before[axis]) > Readings * Size(trim[axis]) / DriftPart)
                {
                    return false;
                }
            }

            return true;
        }

        private void Judge(int[] trim, int tolerancePerMille)
        {
            for (int axis = 0; axis < Axes; axis++)
            {
                if (trim[axis] == 0)
                {
                    continue;
                }

                // Sums of 16 shorts differ by at most 2^20, the trim of a clone adds below 2^20: times 1000 it takes a long.
                HasVerdict = true;
                long expected = Readings * trim[axis];
                int deviation = Size((int)((pushed[axis] - (before[axis] + after[axis]) / 2 - expected) * 1000 / expected));
                WorstPerMille = deviation > WorstPerMille ? deviation : WorstPerMille;
                if (deviation > tolerancePerMille && FirstFailure < 0)
                {
                    FirstFailure = axis;
                }
            }
        }

        private static int Size(int value)
        {
            return value < 0 ? -value : value;
        }
    }
}
