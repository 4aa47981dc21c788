using System;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>What a long wire does to transfers: seeded, so that the same seed disturbs the same bits.</summary>
    internal sealed class BusDisturbance
    {
        private readonly Random random;

        public BusDisturbance(int seed)
        {
            random = new Random(seed);
        }

        /// <summary>Transfers in a thousand that nobody acknowledges.</summary>
        public int NackPerMille { get; set; }

        /// <summary>Reads in a thousand that end early.</summary>
        public int ShortPerMille { get; set; }

        /// <summary>Of a thousand transfers in one direction, those in which one bit arrives wrong.</summary>
        public int FlipPerMille { get; set; }

        public bool DrawsNack()
        {
            return random.Next(1000) < NackPerMille;
        }

        public bool DrawsShort()
        {
            return random.Next(1000) < ShortPerMille;
        }

        /// <summary>How many of the bytes still arrive.</summary>
        public int DrawLength(int length)
        {
            return random.Next(length);
        }

        /// <summary>Perhaps turns one bit round.</summary>
        public void MayFlip(Span<byte> bytes)
        {
            if (bytes.Length > 0 && random.Next(1000) < FlipPerMille)
            {
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            }
        }
    }
}
