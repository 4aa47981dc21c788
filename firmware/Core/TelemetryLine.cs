namespace HarEdge.Core
{
    /// <summary>
    /// Builds one line of telemetry in a buffer made once: <c>$Ht,seq,field,…*CCCC</c>, where t is the record type, seq counts
    /// 0..9999 and CCCC is the CRC-16 of all between '$' and '*' in upper-case hex. The grammar is in docs/SPEC.md.
    /// </summary>
    public sealed class TelemetryLine
    {
        /// <summary>Longest line, terminator excluded.</summary>
        public const int Capacity = 240;

        private const int CrcLength = 5;
        private const int SequenceCount = 10000;

        private readonly char[] buffer = new char[Capacity];
        private int sequence;
        private int fieldStart;
        private bool isFull;

        /// <summary>The characters; <see cref="Length"/> of them are valid after <see cref="End"/>.</summary>
        public char[] Buffer
        {
            get { return buffer; }
        }

        /// <summary>Characters in the line so far.</summary>
        public int Length { get; private set; }

        /// <summary>Starts a line of a record type, with the next sequence number.</summary>
        /// <param name="type">One upper-case letter.</param>
        public void Begin(char type)
        {
            Length = 0;
            isFull = false;
            Append('$');
            Append('H');
            Append(type);
            Add(sequence);
            sequence = sequence + 1 == SequenceCount ? 0 : sequence + 1;
        }

        /// <summary>Appends a field with a decimal number.</summary>
        public void Add(int value)
        {
            BeginField();
            if (value < 0)
            {
                Append('-');
            }

            // The largest power of ten not above |value|; digits are taken as remainders so that int.MinValue needs no negation.
            int divisor = 1;
            while (value / divisor >= 10 || value / divisor <= -10)
            {
                divisor *= 10;
            }

            while (divisor > 0)
            {
                int digit = value / divisor % 10;
                Append((char)('0' + (digit < 0 ? -digit : digit)));
                divisor /= 10;
            }
        }

        /// <summary>Appends a field with the lowest 16 bits as four hex digits.</summary>
        public void AddHex16(int value)
        {
            BeginField();
            AppendHex16(value);
        }

        /// <summary>Appends a field of text; ',', '*', '$' and control characters in it become '_'.</summary>
        public void Add(string text)
        {
            BeginField();
            for (int i = 0; i < text.Length; i++)
            {
                char c = text[i];
                Append(c < ' ' || c > '~' || c == ',' || c == '*' || c == '$' ? '_' : c);
            }
        }

        /// <summary>
        /// Appends a field with bytes in Base64 (RFC 4648 §4): 4 characters for 3 bytes, and no padding, for only whole groups are taken.
        /// </summary>
        /// <param name="bytes">Holds them.</param>
        /// <param name="start">The first one.</param>
        /// <param name="count">How many, a multiple of 3.</param>
        public void AddBase64(byte[] bytes, int start, int count)
        {
            Append(',');
            int end = start + count;
            for (int i = start; i < end; i += 3)
            {
                int group = (bytes[i] << 16) | (bytes[i + 1] << 8) | bytes[i + 2];
                Append(Base64Digit(group >> 18));
                Append(Base64Digit((group >> 12) & 63));
                Append(Base64Digit((group >> 6) & 63));
                Append(Base64Digit(group & 63));
            }
        }

        /// <summary>Closes the line with its CRC. A field that did not fit is missing with all after it: no number is ever cut short.</summary>
        public void End()
        {
            int crc = Crc16.Initial;
            for (int i = 1; i < Length; i++)
            {
                crc = Crc16.AppendByte(crc, buffer[i]);
            }

            buffer[Length] = '*';
            Length++;
            for (int shift = 12; shift >= 0; shift -= 4)
            {
                buffer[Length] = HexDigit((crc >> shift) & 15);
                Length++;
            }
        }

        private void AppendHex16(int value)
        {
            for (int shift = 12; shift >= 0; shift -= 4)
            {
                Append(HexDigit((value >> shift) & 15));
            }
        }

        private static char HexDigit(int digit)
        {
            return (char)(digit < 10 ? '0' + digit : 'A' + digit - 10);
        }

        private void BeginField()
        {
            if (!isFull)
            {
                fieldStart = Length;
            }

            Append(',');
        }

        private static char Base64Digit(int value)
        {
            if (value < 52)
            {
                return (char)(value < 26 ? 'A' + value : 'a' + value - 26);
            }

            if (value < 62)
            {
                return (char)('0' + value - 52);
            }

            return value == 62 ? '+' : '/';
        }

        private void Append(char c)
        {
            if (isFull)
            {
                return;
            }

            if (Length == Capacity - CrcLength)
            {
                Length = fieldStart;
                isFull = true;
                return;
            }

            buffer[Length] = c;
            Length++;
        }
    }
}
