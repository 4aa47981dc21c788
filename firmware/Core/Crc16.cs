namespace HarEdge.Core
{
    /// <summary>
    /// CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xFFFF, no reflection, no final XOR; "123456789" gives 0x29B1.
    /// Four bits a step with a 16-entry table: 64 bytes of RAM instead of 1,024.
    /// </summary>
    public static class Crc16
    {
        /// <summary>CRC of nothing.</summary>
        public const int Initial = 0xFFFF;

        private static readonly int[] Table =
        {
            0x0000, 0x1021, 0x2042, 0x3063, 0x4084, 0x50A5, 0x60C6, 0x70E7,
            0x8108, 0x9129, 0xA14A, 0xB16B, 0xC18C, 0xD1AD, 0xE1CE, 0xF1EF,
        };

        /// <summary>Adds one byte.</summary>
        /// <param name="crc">0 to 0xFFFF.</param>
        /// <param name="value">Only the lowest eight bits count.</param>
        public static int AppendByte(int crc, int value)
        {
            crc = ((crc << 4) & 0xFFFF) ^ Table[(crc >> 12) ^ ((value >> 4) & 15)];
            return ((crc << 4) & 0xFFFF) ^ Table[(crc >> 12) ^ (value & 15)];
        }

        /// <summary>Adds the four bytes of an int, lowest first.</summary>
        public static int AppendInt(int crc, int value)
        {
            crc = AppendByte(crc, value);
            crc = AppendByte(crc, value >> 8);
            crc = AppendByte(crc, value >> 16);
            return AppendByte(crc, value >> 24);
        }

        /// <summary>CRC of an array of ints.</summary>
        public static int OfInts(int[] values)
        {
            int crc = Initial;
            foreach (int value in values)
            {
                crc = AppendInt(crc, value);
            }

            return crc;
        }
    }
}
