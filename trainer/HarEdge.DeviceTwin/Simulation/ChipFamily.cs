using static HarEdge.DeviceTwin.Simulation.ChipRegister;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>
    /// What differs between the MPU6050 (0x68) and the chips built like the MPU-6500 (0x70): MPU-9250 (0x71) and MPU-9255 (0x73), which are an MPU-6500 with a magnetometer on its second bus
    /// (RM-MPU-9250A-00 rev 1.6; Klipper drives all three alike, klippy/extras/mpu9250.py), unmarked (0x72), ICM-20689 (0x98), and MPU6886 (0x19; DS-000193 r1.1).
    /// </summary>
    internal sealed class ChipFamily
    {
        private const int SmallFifoBytes = 512;
        private const int LargeFifoBytes = 1024;

        // The factory's notes of ax ay az gx gy gz: five bits in the MPU6050 (§4.1), eight in the others (AN-MPU-6500A-02).
        private static readonly int[] GenuineCodes = { 16, 18, 14, 17, 15, 18 };
        private static readonly int[] CloneCodes = { 122, 135, 118, 201, 188, 210 };

        public ChipFamily(int identity)
        {
            IsIcm20689 = identity == 0x98;
            IsMpu6886 = identity == 0x19;
            IsLsm6 = identity == 0x6A;
            IsClone = IsIcm20689 || IsMpu6886 || identity == 0x72 || HasRegistersOfMpu6500(identity);
        }

        /// <summary>Whether its registers are the MPU-6500's, all but WHO_AM_I.</summary>
        public static bool HasRegistersOfMpu6500(int identity)
        {
            return identity == 0x70 || identity == 0x71 || identity == 0x73;
        }

        /// <summary>Whether it is built like the MPU-6500.</summary>
        public bool IsClone { get; }

        public bool IsIcm20689 { get; }

        /// <summary>Whether each of its axes has a threshold of motion, and the temperature stands in its FIFO.</summary>
        public bool IsMpu6886 { get; }

        /// <summary>Whether it is an LSM6DS3TR-C, of which only scales, push and noise stand here.</summary>
        public bool IsLsm6 { get; }

        /// <summary>How many counts are the counts of a full scale of 32,768: 0.061 mg and 8.75 m°/s at the smallest ranges (DocID030071 table 3), for the LSM6DS3TR-C alone.</summary>
        public double CountsOf(double fullScaleCounts, bool isAccel)
        {
            return !IsLsm6 ? fullScaleCounts : isAccel ? fullScaleCounts * 2000 / 32768 / 0.061 : fullScaleCounts * 250 / 32768 / 0.00875;
        }

        /// <summary>The factory's self-test codes of ax ay az gx gy gz.</summary>
        public int[] Codes
        {
            get { return IsClone ? CloneCodes : GenuineCodes; }
        }

        /// <summary>Measurement of the thermometer at 25 °C: 340 a degree from 36.53 °C, 333.87 from 21 °C, 326.8 from 25 °C.</summary>
        public int RoomTemperature
        {
            get { return IsIcm20689 || IsMpu6886 || IsLsm6 ? 0 : IsClone ? 1335 : -3920; }
        }

        /// <summary>Bits of INT_ENABLE and INT_STATUS for motion: one, or one an axis.</summary>
        public int MotionBits
        {
            get { return IsIcm20689 || IsMpu6886 ? 0xE0 : 0x40; }
        }

        /// <summary>INT_STATUS for axes that moved, bit 2 for x.</summary>
        public int MotionStatus(int axes)
        {
            return IsIcm20689 || IsMpu6886 ? axes << 5 : 0x40;
        }

        /// <summary>Size of the FIFO; bits 7:6 of ACCEL_CONFIG_2 choose it in the ICM-20689 (Linux, inv_mpu_core.c).</summary>
        public int FifoBytes(int accelConfig2)
        {
            return IsIcm20689 ? SmallFifoBytes << (accelConfig2 >> 6) : IsClone && !IsMpu6886 ? SmallFifoBytes : LargeFifoBytes;
        }

        /// <summary>Puts the codes where the factory does.</summary>
        public void NoteCodes(byte[] registers)
        {
            for (int axis = 0; axis < 3; axis++)
            {
                if (IsClone)
                {
                    registers[FirstCode + axis] = (byte)Codes[axis];
                    registers[(IsMpu6886 ? FirstGyroCodeOfMpu6886 : FirstGyroCode) + axis] = (byte)Codes[3 + axis];
                    continue;
                }

                registers[FirstCode + axis] = (byte)(((Codes[axis] >> 2) << 5) | Codes[3 + axis]);
                registers[FirstCode + 3] |= (byte)((Codes[axis] & 3) << (4 - 2 * axis));
            }
        }
    }
}
