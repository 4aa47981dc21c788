namespace HarEdge.Firmware
{
    /// <summary>
    /// Recording mode: raw samples, as the sensor gave them, leave in blocks of twelve. Comes in: the FIFO's own bytes. Goes out: full
    /// blocks to the console.
    /// </summary>
    internal sealed class RawBlocks
    {
        /// <summary>Twelve samples of sixteen characters and the frame fit one line.</summary>
        public const int SamplesPerBlock = 12;

        private readonly SerialConsole console;

        // Made when recording is first switched on: who never records does without.
        private byte[] block;
        private int filled;
        private int firstSample;

        public RawBlocks(SerialConsole console)
        {
            this.console = console;
        }

        /// <summary>Whether samples are sent.</summary>
        public bool IsOn { get; private set; }

        /// <summary>Begins with the next sample, or ends with the last one.</summary>
        public void Switch(bool on)
        {
            Flush();
            block = block ?? new byte[SamplesPerBlock * MotionSensor.SampleBytes];
            IsOn = on;
        }

        /// <summary>Takes one sample of the sensor's last burst.</summary>
        /// <param name="sensor">Holds the burst.</param>
        /// <param name="index">Which sample of it.</param>
        /// <param name="sampleNumber">Its number since boot, from 1.</param>
        public void Add(MotionSensor sensor, int index, int sampleNumber)
        {
            if (filled == 0)
            {
                firstSample = sampleNumber;
            }

            sensor.CopySample(index, block, filled * MotionSensor.SampleBytes);
            filled++;
            if (filled == SamplesPerBlock)
            {
                Flush();
            }
        }

        /// <summary>Sends what there is: before a gap, so that no block spans it.</summary>
        public void Flush()
        {
            if (filled > 0)
            {
                console.Raw(firstSample, filled, block, filled * MotionSensor.SampleBytes);
                filled = 0;
            }
        }
    }
}
