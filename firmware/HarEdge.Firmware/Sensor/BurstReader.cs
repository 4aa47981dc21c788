using System;

namespace HarEdge.Firmware
{
    /// <summary>
    /// Reads bytes out of the FIFO: in one transfer, or two samples at a time where longer reads fail, as reported of some runtime images
    /// (nanoframework/Home 756). The FIFO's address does not advance (register map §4.31; of the LSM6DS3TR-C it goes back, AN5130 §4.7.1), so parts follow each other.
    /// </summary>
    internal sealed class BurstReader
    {
        // Below the 32 bytes at which some runtime images begin to fail: two samples, or as many more as fit where they are shorter.
        private const int MostShortBytes = 28;

        // Short reads of 16 samples are over in 10 ms, and no more than one sample can come meanwhile. So two samples more than should be left are a part
        // that was read at a wrong address.
        private const int MostShortSamples = 16;

        private const int MostFailures = 3;

        // Noise can look like a limit. Long reads are tried again after 4,000 bursts, some 21 minutes, and after twice as many each time they fail, up
        // to a day; each try costs a gap where the limit is real.
        private const int FirstShortBursts = 4000;
        private const int MostShortBursts = 64 * FirstShortBursts;

        private readonly RegisterBus bus;
        private readonly MotionSensor sensor;
        private readonly int fifo;
        private byte[] part;
        private int frameBytes = MotionSensor.SampleBytes;
        private int failures;
        private int shortBurstsLeft;
        private int nextShortBursts = FirstShortBursts;

        /// <param name="bus">The chip's.</param>
        /// <param name="sensor">Tries the length of reads.</param>
        /// <param name="fifo">Register of the FIFO's bytes.</param>
        public BurstReader(RegisterBus bus, MotionSensor sensor, int fifo)
        {
            this.bus = bus;
            this.sensor = sensor;
            this.fifo = fifo;
        }

        /// <summary>Whether the FIFO is read two samples at a time.</summary>
        public bool ReadsShort
        {
            get { return shortBurstsLeft > 0; }
        }

        /// <summary>Most samples a burst may have now.</summary>
        public int MostSamples
        {
            get { return ReadsShort ? MostShortSamples : MotionSensor.MostSamples; }
        }

        /// <summary>Most samples that can arrive during a burst: the longest long one takes 23 ms at 400 kHz.</summary>
        public int MostArrivals
        {
            get { return ReadsShort ? 1 : 2; }
        }

        /// <summary>How much to read of what waits: whole parts, and no more than a burst may have.</summary>
        public int BytesOf(int waitingBytes)
        {
            int most = MostSamples * frameBytes;
            int bytes = waitingBytes > most ? most : waitingBytes;
            return ReadsShort ? bytes / PartBytes * PartBytes : bytes;
        }

        /// <summary>Takes over a sample's length and finds out whether long reads work, while the FIFO is off and the chip configured.</summary>
        /// <param name="sampleBytes">Bytes of a sample in the FIFO.</param>
        /// <param name="buffer">As <see cref="MotionSensor.SurvivesLongRead"/> wants it; overwritten.</param>
        public void Restart(int sampleBytes, byte[] buffer)
        {
            frameBytes = sampleBytes;

            // Where long reads fail each time and a short one after each succeeds, it is their length.
            int failed = 0;
            while (!ReadsShort && failed < MostFailures && !sensor.SurvivesLongRead(buffer) && sensor.CheckSettings() == SensorStatus.Ok)
            {
                failed++;
            }

            if (failed == MostFailures)
            {
                TurnToShort();
            }
        }

        /// <summary>Reads the next <paramref name="count"/> bytes of the FIFO, as <see cref="BytesOf"/> allows, into the start of <paramref name="buffer"/>.</summary>
        public SensorStatus Read(byte[] buffer, int count)
        {
            if (!ReadsShort)
            {
                return count == 0 ? SensorStatus.Ok : bus.Read(fifo, buffer, count);
            }

            SensorStatus status = SensorStatus.Ok;
            int partBytes = PartBytes;
            for (int at = 0; at < count && status == SensorStatus.Ok; at += partBytes)
            {
                status = bus.Read(fifo, part, partBytes);
                Array.Copy(part, 0, buffer, at, partBytes);
            }

            return status;
        }

        /// <summary>Whether the last of <paramref name="count"/> bytes read are nothing but ones: so reads a bus that nobody drives, and a sample of nothing but −1 does not happen otherwise.</summary>
        public bool EndsInOnes(byte[] buffer, int count)
        {
            for (int i = count - frameBytes; i < count; i++)
            {
                if (buffer[i] != 0xFF)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Notes how the last burst ended: the limit may lie above the length that was tried.</summary>
        /// <param name="isWhole">Whether all bytes came.</param>
        public void Note(bool isWhole)
        {
            if (ReadsShort)
            {
                shortBurstsLeft--;
                return;
            }

            failures = isWhole ? 0 : failures + 1;
            nextShortBursts = isWhole ? FirstShortBursts : nextShortBursts;
            if (failures >= MostFailures)
            {
                TurnToShort();
            }
        }

        private int PartBytes
        {
            get { return MostShortBytes / frameBytes * frameBytes; }
        }

        private void TurnToShort()
        {
            if (part == null)
            {
                part = new byte[MostShortBytes];
            }

            shortBurstsLeft = nextShortBursts;
            nextShortBursts = nextShortBursts >= MostShortBursts ? MostShortBursts : nextShortBursts * 2;

            // The next failure of a long read turns back at once.
            failures = MostFailures - 1;
        }
    }
}
