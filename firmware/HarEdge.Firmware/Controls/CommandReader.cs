using HarEdge.Core;

namespace HarEdge.Firmware
{
    /// <summary>
    /// Takes lines apart that a host sends, in the same frame as the device's own. Comes in: bytes, one by one. Goes out: a verb, or a
    /// block of raw samples; a line with a wrong CRC or form is only counted. Allocates nothing after construction.
    /// </summary>
    internal sealed class CommandReader
    {
        private const int CrcLength = 4;

        private readonly byte[] line = new byte[TelemetryLine.Capacity];
        private readonly byte[] block = new byte[RawBlocks.SamplesPerBlock * MotionSensor.SampleBytes];
        private int length;
        private int end;

        /// <summary>Lines that were not understood.</summary>
        public int BadLines { get; private set; }

        /// <summary>Samples of the block in the last line, 0 when it holds none.</summary>
        public int BlockSamples { get; private set; }

        /// <summary>Takes one byte; true when it ended a good line.</summary>
        public bool Push(byte value)
        {
            if (value != '\n' && value != '\r')
            {
                // A line that is too long loses its beginning, and so cannot pass the check.
                length = length == line.Length ? 0 : length;
                line[length] = value;
                length++;
                return false;
            }

            bool isGood = length > 0 && IsFramed() && (line[2] != 'R' || DecodeBlock());
            BadLines += length > 0 && !isGood ? 1 : 0;
            BlockSamples = isGood && line[2] == 'R' ? BlockSamples : 0;
            length = 0;
            return isGood;
        }

        /// <summary>Whether the last good line is a command with this verb.</summary>
        public bool IsVerb(string verb)
        {
            int at = FieldStart(2);
            if (line[2] != 'X' || end - at != verb.Length)
            {
                return false;
            }

            for (int i = 0; i < verb.Length; i++)
            {
                if (line[at + i] != verb[i])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>One channel of a sample of the last block, in counts.</summary>
        public short Counts(int sample, int channel)
        {
            int at = sample * MotionSensor.SampleBytes + 2 * channel;
            return unchecked((short)((block[at] << 8) | block[at + 1]));
        }

        private bool IsFramed()
        {
            end = length - 1 - CrcLength;
            if (end < 4 || line[0] != '$' || line[1] != 'H' || line[end] != '*')
            {
                return false;
            }

            int crc = Crc16.Initial;
            for (int i = 1; i < end; i++)
            {
                crc = Crc16.AppendByte(crc, line[i]);
            }

            int sent = 0;
            for (int i = end + 1; i < length; i++)
            {
                sent = (sent << 4) | HexValue(line[i]);
            }

            return sent == crc;
        }

        // Fields: 0 the type, 1 the sequence number, and so on; the end of the line when there is no such field.
        private int FieldStart(int field)
        {
            int at = 0;
            for (int commas = 0; commas < field && at < end; at++)
            {
                commas += line[at] == ',' ? 1 : 0;
            }

            return at;
        }

        private bool DecodeBlock()
        {
            int at = FieldStart(4);
            int characters = end - at;
            if (characters == 0 || characters % 16 != 0 || characters > block.Length / 3 * 4)
            {
                return false;
            }

            BlockSamples = characters / 16;
            for (int to = 0; at < end; at += 4)
            {
                int group = (Base64Value(line[at]) << 18) | (Base64Value(line[at + 1]) << 12)
                    | (Base64Value(line[at + 2]) << 6) | Base64Value(line[at + 3]);
                if (group < 0)
                {
                    return false;
                }

                block[to] = (byte)(group >> 16);
                block[to + 1] = (byte)((group >> 8) & 255);
                block[to + 2] = (byte)(group & 255);
                to += 3;
            }

            return true;
        }

        private static int HexValue(int digit)
        {
            if (digit >= '0' && digit <= '9')
            {
                return digit - '0';
            }

            return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : 1 << 16;
        }

        // −1 for anything else, which makes the whole group negative.
        private static int Base64Value(int digit)
        {
            if (digit >= 'A' && digit <= 'Z')
            {
                return digit - 'A';
            }

            if (digit >= 'a' && digit <= 'z')
            {
                return digit - 'a' + 26;
            }

            if (digit >= '0' && digit <= '9')
            {
                return digit - '0' + 52;
            }

            return digit == '+' ? 62 : digit == '/' ? 63 : -1;
        }
    }
}
