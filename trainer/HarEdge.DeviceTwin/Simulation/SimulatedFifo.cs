using System;
using static HarEdge.DeviceTwin.Simulation.ChipRegister;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>
    /// The sensor's FIFO. When full the oldest byte gives way (RM-MPU-6000A §4.31), so the bytes of samples shift against each other: whoever goes
    /// on reading without a reset reads nonsense. A frame takes time to arrive. It remembers from which tick each byte came.
    /// </summary>
    internal sealed class SimulatedFifo
    {
        private const int RememberedSamples = 1024;
        private const int MostBytes = 4096;
        private const int SmallBytes = 512;
        private const int SoundBytes = 448;
        private const byte Spoilt = 0x5A;

        private readonly byte[] bytes = new byte[MostBytes];
        private readonly long[] ticks = new long[MostBytes];
        private readonly long[] poppedTicks = new long[RememberedSamples];
        private readonly ChipVariant variant;
        private int head;
        private int staleBytes;
        private int frameBytes;
        private int sampleBytes = 1;
        private long frameBeganNanos = long.MinValue / 2;
        private long poppedBytes;
        private byte lastPopped;

        public SimulatedFifo(ChipVariant variant)
        {
            this.variant = variant;
        }

        /// <summary>Bytes it holds before it overflows; 4,096 at most.</summary>
        public int Capacity { get; set; }

        /// <summary>Bytes waiting, those of a frame being written included.</summary>
        public int Count { get; private set; }

        /// <summary>Whole samples read out since the last reset.</summary>
        public long PoppedSamples
        {
            get { return poppedBytes / sampleBytes; }
        }

        /// <summary>Tick of the last whole sample read out, or −1.</summary>
        public long PoppedTick { get; private set; } = -1;

        public void Reset()
        {
            Count = 0;
            staleBytes = 0;
            frameBytes = 0;
            poppedBytes = 0;
        }

        /// <summary>What waits now comes from a source that is over.</summary>
        public void MarkStale()
        {
            staleBytes = Count;
            PoppedTick = -1;
        }

        /// <summary>The bytes pushed from now on are one frame.</summary>
        /// <param name="nanos">When it begins to arrive.</param>
        /// <param name="length">Its bytes; another length begins with another reset.</param>
        public void BeginFrame(long nanos, int length)
        {
            sampleBytes = length;
            frameBeganNanos = nanos;
            frameBytes = 0;
        }

        /// <summary>Appends a byte; false when it or another had to give way.</summary>
        public bool Push(byte value, long tick, bool losesNewest = false)
        {
            bool fits = Count < Capacity;
            if (!fits && (losesNewest || variant.LosesNewest))
            {
                return false;
            }

            if (!fits)
            {
                DropOldest();
            }

            int at = (head + Count) % MostBytes;
            bool isSpoilt = variant.SpoilsAbove448 && Capacity == SmallBytes && Count >= SoundBytes;
            bytes[at] = isSpoilt ? (byte)(value ^ Spoilt) : value;
            ticks[at] = tick;
            Count++;
            frameBytes++;
            return fits;
        }

        /// <summary>Bytes that have arrived by now.</summary>
        public int CountAt(long nowNanos)
        {
            long frameNanos = variant.FrameMicros * 1000L;
            long leftNanos = frameBeganNanos + frameNanos - nowNanos;
            int hidden = leftNanos <= 0 || frameNanos == 0 ? 0 : (int)((leftNanos * frameBytes + frameNanos - 1) / frameNanos);
            return Math.Max(0, Count - hidden);
        }

        /// <summary>The oldest byte; when none has arrived, the one read last again (RM-MPU-6000A §4.31).</summary>
        /// <returns>Whether it came from the present source.</returns>
        public bool Pop(long nowNanos, out byte value)
        {
            value = lastPopped;
            if (CountAt(nowNanos) == 0)
            {
                return false;
            }

            lastPopped = bytes[head];
            value = lastPopped;
            poppedBytes++;
            if (poppedBytes % sampleBytes == 0)
            {
                PoppedTick = ticks[head];
                poppedTicks[(PoppedSamples - 1) % RememberedSamples] = PoppedTick;
            }

            bool isFresh = staleBytes == 0;
            DropOldest();
            return isFresh;
        }

        /// <summary>What a read gives while the FIFO is off.</summary>
        public byte Repeat()
        {
            return lastPopped;
        }

        /// <summary>Tick of a sample read out since the last reset; the last 1,024 are known.</summary>
        /// <param name="sample">0 is the first one after the reset.</param>
        public long TickOf(long sample)
        {
            return poppedTicks[sample % RememberedSamples];
        }

        private void DropOldest()
        {
            head = (head + 1) % MostBytes;
            Count--;
            staleBytes = staleBytes > 0 ? staleBytes - 1 : 0;
        }
    }

    /// <summary>The motion processor's memory behind MEM_R_W: a bank and an address that moves on, while a burst stays at the register.</summary>
    internal sealed class ProcessorMemory
    {
        private const int BankBytes = 256;
        private const int BankMask = 0x0F;

        private readonly byte[] bytes = new byte[(BankMask + 1) * BankBytes];
        private readonly byte[] registers;

        public ProcessorMemory(byte[] registers)
        {
            this.registers = registers;
        }

        public byte Read()
        {
            return bytes[Next()];
        }

        public void Write(byte value)
        {
            bytes[Next()] = value;
        }

        private int Next()
        {
            int at = (registers[Bank] & BankMask) * BankBytes + registers[MemoryAddress];
            registers[MemoryAddress] = unchecked((byte)(registers[MemoryAddress] + 1));
            return at;
        }
    }
}
