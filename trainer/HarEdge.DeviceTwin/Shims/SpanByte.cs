namespace System
{
    /// <summary>The device's span over bytes.</summary>
    internal readonly ref struct SpanByte
    {
        private readonly byte[] array;
        private readonly int start;

        public SpanByte(byte[] array)
            : this(array, 0, array.Length)
        {
        }

        public SpanByte(byte[] array, int start, int length)
        {
            if (start < 0 || length < 0 || start + length > array.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(length));
            }

            this.array = array;
            this.start = start;
            Length = length;
        }

        public int Length { get; }

        /// <summary>The bytes; a transfer on the device ignores where a span starts, so any other start than 0 is refused here.</summary>
        internal Span<byte> AsSpan()
        {
            return start == 0 ? array.AsSpan(0, Length) : throw new NotSupportedException("I2C transfers need spans that start at 0");
        }
    }
}
