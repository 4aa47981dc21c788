using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>What a read of a register does besides giving its value.</summary>
    internal enum ReadEffect
    {
        None,
        Clears,
        Measurement,
        LatchesCount,
        LatchedCount,
        Pops,
        Memory,
        Status,
    }

    /// <summary>What a write of a register does besides keeping its writable bits.</summary>
    internal enum WriteEffect
    {
        None,
        RestartsClock,
        HoldsReference,
        SizesFifo,
        ResetsSignalPath,
        ControlsFifo,
        ControlsPower,
        Memory,
        Pushes,
        Banks,
    }

    /// <summary>
    /// <c>mpu6050-registers.csv</c>: every register of the MPU6050, of its clones and of the MPU6886 with what public register maps and drivers say of it. The
    /// simulated chip has no register number, reset value or writable bit but those of the table; the firmware's driver does not know it. Likewise
    /// <c>lsm6ds3trc-registers.csv</c> for the LSM6DS3TR-C.
    /// </summary>
    internal sealed class RegisterTable
    {
        private const int Registers = 256;
        private const int Mpu6050 = 0x68;
        private const int Mpu6500 = 0x70;
        private const string Resource = "HarEdge.DeviceTwin.Simulation.mpu6050-registers.csv";

        // Identities with columns of their own, in the order of the columns.
        private static readonly int[] Columns = { 0x68, 0x70, 0x72, 0x98, 0x19 };
        private static readonly Dictionary<int, RegisterTable> Known = new Dictionary<int, RegisterTable>();

        private const int Lsm6 = 0x6A;
        private const string LsmResource = "HarEdge.DeviceTwin.Simulation.lsm6ds3trc-registers.csv";

        private static readonly Dictionary<string, int> Addressed = ReadAddresses(Rows(Mpu6050));
        private static readonly Dictionary<string, int> LsmAddressed = ReadAddresses(Rows(Lsm6));

        private RegisterTable(int identity)
        {
            // Name, address, a reset value and a mask for each column, two effects, burst, sources.
            int columns = identity == Lsm6 ? 1 : Columns.Length;
            int column = identity == Lsm6 ? 0 : Math.Max(0, Array.IndexOf(Columns, ChipFamily.HasRegistersOfMpu6500(identity) ? Mpu6500 : identity));
            foreach (string[] row in Rows(identity))
            {
                int at = Address(row);
                Reset[at] = ResetValue(row[2 + column], identity);
                Writable[at] = Hex(row[2 + columns + column]);

                // What the processor writes the chip does not clear: of two chips at one address one may have a status there.
                OnRead[at] = Writable[at] == 0xFF ? ReadEffect.None : Effect<ReadEffect>(row[^4]);
                OnWrite[at] = Effect<WriteEffect>(row[^3]);
                Stays[at] = row[^2] == "stays";
            }
        }

        /// <summary>Values after power-up; 0 where the factory leaves its own.</summary>
        public byte[] Reset { get; } = new byte[Registers];

        /// <summary>Bits that keep what is written; the others keep their value.</summary>
        public byte[] Writable { get; } = new byte[Registers];

        /// <summary>Whether a burst stays at the register instead of going on to the next.</summary>
        public bool[] Stays { get; } = new bool[Registers];

        public ReadEffect[] OnRead { get; } = new ReadEffect[Registers];

        public WriteEffect[] OnWrite { get; } = new WriteEffect[Registers];

        /// <summary>The chip that answers WHO_AM_I so; one unknown to the table has the MPU6050's registers.</summary>
        public static RegisterTable Of(int identity)
        {
            lock (Known)
            {
                if (!Known.TryGetValue(identity, out RegisterTable table))
                {
                    table = new RegisterTable(identity);
                    Known.Add(identity, table);
                }

                return table;
            }
        }

        /// <summary>The rows of the chip's table, cell by cell: name, address, reset values (five of the MPU6050's family, one of the LSM6DS3TR-C), as many masks, effects, burst, sources.</summary>
        public static IEnumerable<string[]> Rows(int identity)
        {
            using Stream stream = typeof(RegisterTable).Assembly.GetManifestResourceStream(identity == Lsm6 ? LsmResource : Resource);
            using StreamReader reader = new StreamReader(stream);
            reader.ReadLine();
            for (string line = reader.ReadLine(); line != null; line = reader.ReadLine())
            {
                yield return line.Split(',');
            }
        }

        /// <summary>Address of a row.</summary>
        public static int Address(string[] row)
        {
            return int.Parse(row[1].AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        /// <summary>Address of a register by its name in either register map.</summary>
        public static int AddressOf(string name)
        {
            return Addressed[name];
        }

        /// <summary>Address of a register of the LSM6DS3TR-C.</summary>
        public static int LsmAddressOf(string name)
        {
            return LsmAddressed[name];
        }

        private static Dictionary<string, int> ReadAddresses(IEnumerable<string[]> rows)
        {
            Dictionary<string, int> addresses = new Dictionary<string, int>();
            foreach (string[] row in rows)
            {
                foreach (string name in row[0].Split('|'))
                {
                    addresses[name] = Address(row);
                }
            }

            return addresses;
        }

        private static byte ResetValue(string cell, int identity)
        {
            return cell == "identity" ? (byte)identity : cell == "factory" ? (byte)0 : Hex(cell);
        }

        private static byte Hex(string cell)
        {
            return byte.Parse(cell, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        // "restarts-clock" is RestartsClock; an empty cell is None.
        private static T Effect<T>(string cell)
            where T : struct
        {
            return cell.Length == 0 ? default : Enum.Parse<T>(cell.Replace("-", string.Empty, StringComparison.Ordinal), true);
        }
    }

    /// <summary>Addresses of the registers the simulated chip acts on, looked up in <see cref="RegisterTable"/> by their names.</summary>
    internal static class ChipRegister
    {
        public static readonly int FirstGyroCode = RegisterTable.AddressOf("SELF_TEST_X_GYRO");
        public static readonly int FirstGyroCodeOfMpu6886 = RegisterTable.AddressOf("SELF_TEST_X_GYRO_6886");
        public static readonly int FirstCode = RegisterTable.AddressOf("SELF_TEST_X");
        public static readonly int Divider = RegisterTable.AddressOf("SMPLRT_DIV");
        public static readonly int Config = RegisterTable.AddressOf("CONFIG");
        public static readonly int GyroConfig = RegisterTable.AddressOf("GYRO_CONFIG");
        public static readonly int AccelConfig = RegisterTable.AddressOf("ACCEL_CONFIG");
        public static readonly int AccelConfig2 = RegisterTable.AddressOf("ACCEL_CONFIG_2");
        public static readonly int LowPowerRate = RegisterTable.AddressOf("LP_ACCEL_ODR");
        public static readonly int MotionThreshold = RegisterTable.AddressOf("MOT_THR");
        public static readonly int MotionThresholdX = RegisterTable.AddressOf("ACCEL_WOM_X_THR");
        public static readonly int MotionDuration = RegisterTable.AddressOf("MOT_DUR");
        public static readonly int FifoEnable = RegisterTable.AddressOf("FIFO_EN");
        public static readonly int InterruptPin = RegisterTable.AddressOf("INT_PIN_CFG");
        public static readonly int InterruptEnable = RegisterTable.AddressOf("INT_ENABLE");
        public static readonly int InterruptStatus = RegisterTable.AddressOf("INT_STATUS");
        public static readonly int AccelOut = RegisterTable.AddressOf("ACCEL_XOUT_H");
        public static readonly int TemperatureOut = RegisterTable.AddressOf("TEMP_OUT_H");
        public static readonly int GyroOut = RegisterTable.AddressOf("GYRO_XOUT_H");
        public static readonly int MotionControl = RegisterTable.AddressOf("ACCEL_INTEL_CTRL");
        public static readonly int UserControl = RegisterTable.AddressOf("USER_CTRL");
        public static readonly int Power1 = RegisterTable.AddressOf("PWR_MGMT_1");
        public static readonly int Power2 = RegisterTable.AddressOf("PWR_MGMT_2");
        public static readonly int Bank = RegisterTable.AddressOf("BANK_SEL");
        public static readonly int MemoryAddress = RegisterTable.AddressOf("MEM_START_ADDR");
    }

    /// <summary>The same of the LSM6DS3TR-C.</summary>
    internal static class LsmRegister
    {
        public static readonly int Banks = RegisterTable.LsmAddressOf("FUNC_CFG_ACCESS");
        public static readonly int FifoControl3 = RegisterTable.LsmAddressOf("FIFO_CTRL3");
        public static readonly int FifoControl5 = RegisterTable.LsmAddressOf("FIFO_CTRL5");
        public static readonly int Interrupt1 = RegisterTable.LsmAddressOf("INT1_CTRL");
        public static readonly int Control1 = RegisterTable.LsmAddressOf("CTRL1_XL");
        public static readonly int Control2 = RegisterTable.LsmAddressOf("CTRL2_G");
        public static readonly int Control3 = RegisterTable.LsmAddressOf("CTRL3_C");
        public static readonly int Control4 = RegisterTable.LsmAddressOf("CTRL4_C");
        public static readonly int Control6 = RegisterTable.LsmAddressOf("CTRL6_C");
        public static readonly int WakeUpSource = RegisterTable.LsmAddressOf("WAKE_UP_SRC");
        public static readonly int Status = RegisterTable.LsmAddressOf("STATUS_REG");
        public static readonly int GyroOut = RegisterTable.LsmAddressOf("OUTX_L_G");
        public static readonly int AccelOut = RegisterTable.LsmAddressOf("OUTX_L_XL");
        public static readonly int FifoStatus = RegisterTable.LsmAddressOf("FIFO_STATUS1");
        public static readonly int FifoOut = RegisterTable.LsmAddressOf("FIFO_DATA_OUT_L");
        public static readonly int TapConfiguration = RegisterTable.LsmAddressOf("TAP_CFG");
        public static readonly int WakeUpThreshold = RegisterTable.LsmAddressOf("WAKE_UP_THS");
        public static readonly int Functions1 = RegisterTable.LsmAddressOf("MD1_CFG");
    }
}
