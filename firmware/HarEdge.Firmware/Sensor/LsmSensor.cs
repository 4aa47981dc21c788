using System.Threading;

namespace HarEdge.Firmware
{
    /// <summary>
    /// Samples of an LSM6DS3TR-C from its FIFO of 2,048 words (DocID030071 §5.5, AN5130 §7): gyroscope before accelerometer, low byte first, 104 sets a second. Comes in: a chip that
    /// <see cref="LsmSetup"/> has made ready. Goes out: bursts of samples.
    /// </summary>
    internal sealed class LsmSensor : LsmSetup
    {
        private const int FifoStatus1 = 0x3A; // §9.53
        private const int FifoDataOut = 0x3E; // §9.57
        private const int FifoContinuous = FifoBypass | 0x06; // table 42
        private const int OverrunBit = 0x40;
        private const int EmptyBit = 0x10;

        // 341 sets fit, of both sensors; a tenth of a second before that, one may be lost already.
        private const int MostSetsInFifo = 330;

        // 0.4 s for a wake-up that comes late.
        private const int ReserveSamples = 20;

        // Read at once: 840 bytes take 19 ms. Parts of a burst are alike, so that none is so short that it could pass for sets that came meanwhile, had it been read at a wrong address;
        // and what is left is counted after each, for two parts that each leave some words could leave whole sets together.
        private const int SetsOfPart = 70;

        // A set takes 0.3 ms to read and 9.6 ms to come: one for each 16 leaves time for a collection of garbage.
        private const int SetsOfArrival = 16;
        private const int LeastArrivals = 2;

        // In short parts of two sets, so many before they are counted: not more than one set can come meanwhile, and two more than should be left are a part read at a wrong address.
        private const int SetsOfShortGroup = 8;

        // Short parts of 24 bytes are two sets, or four of the accelerometer alone: so many are left for the next burst.
        private const int SetsOfShortPart = 4;

        private const int MostArrivalsOfShortGroup = 1;

        private const int CountTries = 6;
        private const int SetMs = 1;

        private readonly byte[] status = new byte[4];
        private readonly byte[] part = new byte[SetsOfPart * SampleBytes];
        private readonly BurstReader reader;
        private readonly int setBytes;
        private int waitingSets;

        /// <param name="bus">The chip's.</param>
        /// <param name="usesGyroscope">Whether the gyroscope runs.</param>
        public LsmSensor(RegisterBus bus, bool usesGyroscope)
            : base(bus, usesGyroscope)
        {
            setBytes = usesGyroscope ? SampleBytes : SampleBytes / 2;
            reader = new BurstReader(bus, this, FifoDataOut);
        }

        public override int MostSamplesPerWake
        {
            get { return MostSamples - ReserveSamples; }
        }

        public override bool ReadsShort
        {
            get { return reader.ReadsShort; }
        }

        public override int WaitingSamples
        {
            get { return Resampler.SamplesOf(waitingSets); }
        }

        public override SensorStatus RestartFifo()
        {
            SampleCount = 0;
            LeftSamples = 0;
            reader.Restart(setBytes, part);
            Resampler.Restart();

            // Off it is empty: samples from before the gap must not pass for new ones.
            SensorStatus result = SetFifo(FifoBypass);
            result = result == SensorStatus.Ok ? CountWaiting() : result;
            if (result == SensorStatus.Ok && waitingSets != 0)
            {
                return SensorStatus.FifoMisaligned;
            }

            return result == SensorStatus.Ok ? SetFifo(FifoContinuous) : result;
        }

        public override SensorStatus CountWaiting()
        {
            SensorStatus settings = CheckSettings();
            if (settings != SensorStatus.Ok)
            {
                return settings;
            }

            SensorStatus counted = Count();
            return counted == SensorStatus.Ok && waitingSets > MostSetsInFifo ? SensorStatus.FifoOverflow : counted;
        }

        public override SensorStatus ReadWaiting()
        {
            SampleCount = 0;
            int sets = Resampler.SetsFor(MostSamples);
            sets = waitingSets < sets ? waitingSets : sets;
            sets = reader.ReadsShort ? sets / SetsOfShortPart * SetsOfShortPart : sets;
            int left = waitingSets - sets;
            SensorStatus result = SensorStatus.Ok;
            int samples = 0;
            bool isWhole = true;
            while (sets > 0 && result == SensorStatus.Ok)
            {
                int parts = (sets + SetsOfPart - 1) / SetsOfPart;
                int taken = !reader.ReadsShort ? (sets + parts - 1) / parts : sets < SetsOfShortGroup ? sets : SetsOfShortGroup;
                result = ReadPart(taken);
                isWhole = result == SensorStatus.Ok;
                if (isWhole)
                {
                    sets -= taken;
                    samples = Resampler.TakeInto(Burst, samples, part, taken);
                    result = CheckLeft(waitingSets - taken, reader.ReadsShort ? MostArrivalsOfShortGroup : LeastArrivals + taken / SetsOfArrival);
                }
            }

            if (result == SensorStatus.Ok)
            {
                result = CheckSettings();
            }

            reader.Note(isWhole);
            LeftSamples = Resampler.SamplesOf(left);
            SampleCount = result == SensorStatus.Ok ? samples : 0;
            return result;
        }

        private SensorStatus ReadPart(int sets)
        {
            int bytes = sets * setBytes;
            SensorStatus result = reader.Read(part, bytes);
            return result == SensorStatus.Ok && reader.EndsInOnes(part, bytes) ? SensorStatus.BusReleased : result;
        }

        // A flipped bit changes a whole number of sets by a power of two, never by a multiple of three or six. After a first doubt two answers must agree.
        private SensorStatus Count()
        {
            SensorStatus doubt = SensorStatus.Ok;
            int before = -1;
            for (int tries = 0; tries < CountTries; tries++)
            {
                SensorStatus result = Bus.Read(FifoStatus1, status, status.Length);
                if (result != SensorStatus.Ok)
                {
                    return result;
                }

                result = JudgeCount();
                if (result == SensorStatus.Ok && (doubt == SensorStatus.Ok || waitingSets == before))
                {
                    return SensorStatus.Ok;
                }

                if (result == SensorStatus.FifoMisaligned)
                {
                    Thread.Sleep(SetMs);
                }

                doubt = result == SensorStatus.Ok ? SensorStatus.FifoMisaligned : result;
                before = waitingSets;
            }

            return doubt;
        }

        private SensorStatus JudgeCount()
        {
            int words = status[0] | ((status[1] & 0x07) << 8);
            int wordsOfSet = setBytes / 2;
            int pattern = status[2] | ((status[3] & 0x03) << 8);
            waitingSets = words / wordsOfSet;
            if ((status[1] & OverrunBit) != 0)
            {
                return SensorStatus.FifoOverflow;
            }

            bool isEmpty = (status[1] & EmptyBit) != 0;
            return words % wordsOfSet == 0 && pattern == 0 && isEmpty == (words == 0) ? SensorStatus.Ok : SensorStatus.FifoMisaligned;
        }

        // What was read at a wrong address leaves its sets in the FIFO, or some of their words.
        private SensorStatus CheckLeft(int expected, int mostArrivals)
        {
            SensorStatus result = Count();
            bool isRight = waitingSets >= expected && waitingSets <= expected + mostArrivals;
            return result == SensorStatus.Ok && !isRight ? SensorStatus.FifoMisaligned : result;
        }
    }
}
