using System;
using HarEdge.Core;

namespace HarEdge.Firmware
{
    /// <summary>
    /// A chip that gives samples; one subclass a family of chips. Scale, axes and rate are the subclass's affair: what goes out is the model's, bursts of samples in counts of the
    /// model's ranges, 50 a second, ax ay az gx gy gz, high byte first. Never here: retries beyond one transfer, decisions what a failure means (that is <see cref="DeviceLoop"/>).
    /// </summary>
    internal abstract class MotionSensor
    {
        private const int CheckTries = 3;

        /// <summary>Most samples of a burst: one hop of 64, and 0.4 s for a wake-up that comes late.</summary>
        public const int MostSamples = 84;

        /// <summary>Bytes of a sample for whoever asks.</summary>
        public const int SampleBytes = Pipeline.BytesPerSample;

        private readonly byte[] burst = new byte[MostSamples * SampleBytes];

        /// <param name="bus">The chip's, open at its address.</param>
        /// <param name="usesGyroscope">Whether the gyroscope runs; otherwise its channels are 0, and with it goes most of the chip's current.</param>
        protected MotionSensor(RegisterBus bus, bool usesGyroscope)
        {
            Bus = bus;
            UsesGyroscope = usesGyroscope;
        }

        /// <summary>Whether the gyroscope runs.</summary>
        public bool UsesGyroscope { get; }

        /// <summary>Address on the bus.</summary>
        public abstract int Address { get; }

        /// <summary>What WHO_AM_I answered.</summary>
        public int Identity { get; protected set; }

        /// <summary>Whether it is a chip sold as another.</summary>
        public abstract bool IsClone { get; }

        /// <summary>Most samples to let gather before they are read.</summary>
        public abstract int MostSamplesPerWake { get; }

        /// <summary>Whether the FIFO is read in short parts, because longer reads fail on this runtime.</summary>
        public abstract bool ReadsShort { get; }

        /// <summary>Samples in the FIFO when they were last counted.</summary>
        public abstract int WaitingSamples { get; }

        /// <summary>Samples that the last burst left in the FIFO.</summary>
        public int LeftSamples { get; protected set; }

        /// <summary>Samples in the last burst.</summary>
        public int SampleCount { get; protected set; }

        /// <summary>Whether there was motion up to the last <see cref="CheckWakeOnMotion"/>.</summary>
        public bool HasMoved { get; protected set; }

        /// <summary>The bytes of the last burst, <see cref="SampleCount"/> samples; not to be written.</summary>
        public byte[] Burst
        {
            get { return burst; }
        }

        protected RegisterBus Bus { get; }

        /// <summary>Reads and judges WHO_AM_I.</summary>
        public abstract SensorStatus CheckIdentity();

        /// <summary>Resets the chip and wakes it.</summary>
        public abstract SensorStatus Reset();

        /// <summary>The chip's own test, to be run on a chip that was reset; it leaves the ranges to be configured anew.</summary>
        public abstract SelfTest CreateSelfTest();

        /// <summary>Writes ranges, filters and rate, reads each back, puts a gyroscope that nobody reads to rest, and lets the sensor settle.</summary>
        /// <param name="accelRangeG">± g: 2, 4, 8 or 16.</param>
        /// <param name="gyroRangeDps">± °/s: 250, 500, 1000 or 2000.</param>
        public abstract SensorStatus Configure(int accelRangeG, int gyroRangeDps);

        /// <summary>Takes over a measured rate of samples, from the next <see cref="Configure"/> on; false when it cannot come closer to the nominal one.</summary>
        /// <param name="rateMilliHz">Samples in 1,000 s, by the board's clock.</param>
        public abstract bool Correct(int rateMilliHz);

        /// <summary>Empties the FIFO and lets samples flow into it from now on.</summary>
        public abstract SensorStatus RestartFifo();

        /// <summary>Asks how many samples wait in the FIFO: <see cref="WaitingSamples"/>.</summary>
        public abstract SensorStatus CountWaiting();

        /// <summary>
        /// Reads the samples last counted, or as many as a burst may have, then checks them twice. The settings show whether the chip lost power before
        /// the data was complete, or took a wrong one from a noisy wire; the count afterwards, whether it was the FIFO that was read, and nothing else.
        /// </summary>
        public abstract SensorStatus ReadWaiting();

        /// <summary>Whether the chip still has its settings; <see cref="SensorStatus.SensorReset"/> when it has those of power-up.</summary>
        public abstract SensorStatus CheckSettings();

        /// <summary>Whether reads of more than some 32 bytes work on this runtime, as far as one read tells. Asked when the chip is configured and its FIFO off.</summary>
        /// <param name="buffer">At least 84 bytes; overwritten.</param>
        public abstract bool SurvivesLongRead(byte[] buffer);

        /// <summary>Has INT become active with the next sample and stay so, or lets it go; for finding out whether the wire is there.</summary>
        public abstract SensorStatus SignalDataReady(bool isOn);

        /// <summary>Turns wake on motion on: the accelerometer alone samples now and then, and INT becomes active and stays so on motion. The next reset ends it.</summary>
        public abstract SensorStatus ArmWakeOnMotion();

        /// <summary>
        /// Checks a sensor that was left in wake on motion: <see cref="SensorStatus.Ok"/> when it still is, and then <see cref="HasMoved"/>;
        /// <see cref="SensorStatus.SensorReset"/> when it is not. Leaves it on.
        /// </summary>
        public abstract SensorStatus CheckWakeOnMotion();

        /// <summary>One channel of a sample of the last burst, in counts.</summary>
        /// <param name="sample">0 to <see cref="SampleCount"/> − 1.</param>
        /// <param name="channel">0 to 5: ax ay az gx gy gz.</param>
        public short Counts(int sample, int channel)
        {
            int at = sample * SampleBytes + 2 * channel;
            return unchecked((short)((burst[at] << 8) | burst[at + 1]));
        }

        /// <summary>Copies one sample of the last burst, twelve bytes.</summary>
        public void CopySample(int sample, byte[] target, int at)
        {
            Array.Copy(burst, sample * SampleBytes, target, at, SampleBytes);
        }

        /// <summary>Whether the registers of the settings, read from the first on, hold what was written.</summary>
        protected abstract bool HoldsSettings(byte[] bytes);

        /// <summary>Reads the settings until they hold: on the way back a bit may have turned. <see cref="SensorStatus.RegisterMismatch"/> when they never do.</summary>
        protected SensorStatus ReadSettings(int first, byte[] found, int count)
        {
            SensorStatus status = SensorStatus.RegisterMismatch;
            for (int tries = 0; tries < CheckTries && status == SensorStatus.RegisterMismatch; tries++)
            {
                status = Bus.Read(first, found, count);
                status = status == SensorStatus.Ok && !HoldsSettings(found) ? SensorStatus.RegisterMismatch : status;
            }

            return status;
        }

        /// <summary>How often a full scale doubles from the smallest to a range.</summary>
        protected static int Doublings(int range, int smallest)
        {
            int doublings = 0;
            while (smallest << doublings < range)
            {
                doublings++;
            }

            return doublings;
        }
    }
}
