namespace HarEdge.Core
{
    /// <summary>
    /// CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xFFFF, no reflection, no final XOR; "123456789" gives 0x29B1.
    /// Four bits a step with a 16-entry table: 32 bytes of RAM instead of 512.
    /// </summary>
    public static class Crc16
    {
        /// <summary>CRC of nothing.</summary>
        public const int Initial = 0xFFFF;

        // Entries from the ninth on are negative as shorts; of an entry only the lowest 16 bits count.
        private static readonly short[] Table =
        {
            0x0000, 0x1021, 0x2042, 0x3063, 0x4084, 0x50A5, 0x60C6, 0x70E7,
            -0x7EF8, -0x6ED7, -0x5EB6, -0x4E95, -0x3E74, -0x2E53, -0x1E32, -0x0E11,
        };

        /// <summary>Adds one byte.</summary>
        /// <param name="crc">0 to 0xFFFF.</param>
        /// <param name="value">Only the lowest eight bits count.</param>
        public static int AppendByte(int crc, int value)
        {
            crc = ((crc << 4) ^ Table[(crc >> 12) ^ ((value >> 4) & 15)]) & 0xFFFF;
            return ((crc << 4) ^ Table[(crc >> 12) ^ (value & 15)]) & 0xFFFF;
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
