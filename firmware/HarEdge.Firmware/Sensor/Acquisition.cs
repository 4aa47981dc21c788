using HarEdge.Core;

namespace HarEdge.Firmware
{
    /// <summary>
    /// Samples without a hole, or a status. Comes in: how many samples are awaited. Goes out: bursts, in the sensor's buffer. Every fault
    /// ends the stretch; <see cref="BringUp"/> starts the next. Never here: the pipeline, text.
    /// </summary>
    internal sealed class Acquisition
    {
        private const int SamplePeriodMs = 1000 / SensorScale.SampleRateHz;

        // The sensor's clock and ours drift apart: half a period later the sample is there.
        private const int WakeMarginMs = SamplePeriodMs / 2;

        // A burst shorter than this could not be distinguished from samples that arrived meanwhile, should it have been read at a wrong address.
        private const int LeastSamplesPerWake = 4;

        // Enough for a sensor that is 10 % slow.
        private const int MostExtraWaits = 2;

        // Short enough that a decision comes within 3.1 s of a fault's end: 2.56 s of them are the window.
        private const int FirstBackOffMs = 40;
        private const int LongestBackOffMs = 80;

        private readonly Classifier model;
        private readonly RegisterBus bus;
        private readonly PowerPolicy power;
        private readonly DeviceSettings settings;
        private long lastReadMs;
        private SensorStatus lastFailure;
        private MotionSensor sensor;
        private SelfTest selfTest;
        private bool isTested;

        public Acquisition(Classifier model, RegisterBus bus, PowerPolicy power, DeviceSettings settings)
        {
            this.model = model;
            this.bus = bus;
            this.power = power;
            this.settings = settings;
        }

        /// <summary>The chip; null until one was found.</summary>
        public MotionSensor Sensor
        {
            get { return sensor; }
        }

        /// <summary>What went wrong since boot.</summary>
        public FaultCounters Faults { get; } = new FaultCounters();

        /// <summary>The sensor's clock against the board's.</summary>
        public RateMonitor Rate { get; } = new RateMonitor();

        /// <summary>Whether samples flow.</summary>
        public bool IsSampling { get; private set; }

        /// <summary>Attempts to bring the sensor up since it was lost.</summary>
        public int Attempts { get; private set; }

        /// <summary>Samples read since the FIFO was last emptied.</summary>
        public int SamplesSinceStart { get; private set; }

        /// <summary>Waits until the awaited samples are there, and reads all there are in one burst.</summary>
        /// <param name="awaited">Samples to the next decision; shared out evenly when the FIFO cannot hold them.</param>
        public SensorStatus ReadBurst(int awaited)
        {
            int bursts = (awaited + sensor.MostSamplesPerWake - 1) / sensor.MostSamplesPerWake;
            int samples = (awaited + bursts - 1) / bursts;
            SensorStatus status = WaitFor(samples < LeastSamplesPerWake ? LeastSamplesPerWake : samples);
            lastReadMs = power.NowMs;
            if (status == SensorStatus.Ok)
            {
                status = sensor.ReadWaiting();
            }

            if (status == SensorStatus.Ok)
            {
                status = JudgeBurst();
            }

            SamplesSinceStart += status == SensorStatus.Ok ? sensor.SampleCount : 0;
            return status;
        }

        /// <summary>Counts a fault; the stretch of samples is over.</summary>
        public void Lose(SensorStatus status)
        {
            Faults.CountFault(status);
            Faults.CountGap();
            lastFailure = status;
            Pause();
        }

        /// <summary>Lets samples be; <see cref="BringUp"/> starts a new stretch. Not a fault.</summary>
        public void Pause()
        {
            IsSampling = false;
            Attempts = 0;
            Rate.Restart();
        }

        /// <summary>The chip's own test, which runs once, before the first sample; given once, null before and after: it holds much memory.</summary>
        public SelfTest TakeSelfTest()
        {
            SelfTest taken = selfTest;
            selfTest = null;
            return taken;
        }

        /// <summary>One attempt to get samples flowing; on failure it waits a little before it returns.</summary>
        public SensorStatus BringUp()
        {
            Attempts++;
            Faults.CountBringUp();
            SensorStatus status = Start();
            lastFailure = status;
            if (status == SensorStatus.Ok)
            {
                IsSampling = true;
                SamplesSinceStart = 0;
                lastReadMs = power.NowMs;
                return status;
            }

            Faults.CountFault(status);
            power.Wait(Attempts == 1 ? FirstBackOffMs : LongestBackOffMs);
            return status;
        }

        /// <summary>Turns the sensor's wake on motion on; no samples flow then, whether it accepts the settings or not.</summary>
        public SensorStatus ArmWakeOnMotion()
        {
            IsSampling = false;
            return sensor.ArmWakeOnMotion();
        }

        /// <summary>
        /// Checks a sensor that was left in wake on motion, perhaps before a deep sleep: <see cref="MotionSensor.CheckWakeOnMotion"/>.
        /// </summary>
        public SensorStatus CheckWakeOnMotion()
        {
            SensorStatus status = Find();
            return status == SensorStatus.Ok ? sensor.CheckWakeOnMotion() : status;
        }

        // A slow sensor is waited for before anything is read: bursts stay long, and a burst that emptied the FIFO can be distinguished from one
        // that read something else.
        private SensorStatus WaitFor(int samples)
        {
            power.Wait((int)(lastReadMs + (samples - sensor.LeftSamples) * SamplePeriodMs + WakeMarginMs - power.NowMs));
            SensorStatus status = sensor.CountWaiting();
            for (int i = 0; i < MostExtraWaits && status == SensorStatus.Ok && sensor.WaitingSamples > 0 && sensor.WaitingSamples < samples; i++)
            {
                power.Wait((samples - sensor.WaitingSamples) * SamplePeriodMs + WakeMarginMs);
                status = sensor.CountWaiting();
            }

            return status;
        }

        private SensorStatus JudgeBurst()
        {
            if (sensor.SampleCount == 0)
            {
                return SensorStatus.NoSamples;
            }

            if (settings.DetectsFrozenChannels && FrozenDetector.FrozenChannel(sensor) >= 0)
            {
                return SensorStatus.FrozenChannel;
            }

            // In light sleep the board's own clock is not good to 3 %.
            if (!settings.SleepsLightly && Rate.NoteBurst(lastReadMs, sensor.SampleCount) && !Rate.IsGood)
            {
                return sensor.Correct(Rate.RateMilliHz) ? SensorStatus.RateOff : SensorStatus.Ok;
            }

            return SensorStatus.Ok;
        }

        private SensorStatus Start()
        {
            // A bus that hung is freed by hand first: asking it again would cost a second.
            if (lastFailure == SensorStatus.BusTimeout && !bus.Unstick())
            {
                return SensorStatus.BusTimeout;
            }

            SensorStatus status = Find();
            if (status == SensorStatus.Ok)
            {
                status = sensor.Reset();
            }

            if (status == SensorStatus.Ok && !isTested)
            {
                status = TestSensor();
            }

            if (status == SensorStatus.Ok)
            {
                status = sensor.Configure(model.AccelRangeG, model.GyroRangeDps);
            }

            return status == SensorStatus.Ok ? sensor.RestartFifo() : status;
        }

        // The chip whose address is acknowledged first stays the one for as long as the board runs.
        private SensorStatus Find()
        {
            if (sensor == null)
            {
                SensorStatus status = Ask(MpuSetup.BusAddress, MpuSetup.WhoAmI);
                if (status == SensorStatus.Ok)
                {
                    sensor = new MpuSensor(bus, model.ReadsGyroscope);
                }
                else if (status == SensorStatus.NotAcknowledged && Ask(LsmSetup.BusAddress, LsmSetup.WhoAmI) == SensorStatus.Ok)
                {
                    sensor = new LsmSensor(bus, model.ReadsGyroscope);
                }
                else
                {
                    return status;
                }
            }

            return bus.Open(sensor.Address) ? sensor.CheckIdentity() : SensorStatus.BusError;
        }

        // Whether anybody acknowledges an address; who it is, the driver judges.
        private SensorStatus Ask(int address, int register)
        {
            return bus.Open(address) ? bus.Read(register, new byte[1], 1) : SensorStatus.BusError;
        }

        private SensorStatus TestSensor()
        {
            SelfTest test = sensor.CreateSelfTest();
            SensorStatus status = test.Run();
            isTested = status == SensorStatus.Ok;
            selfTest = isTested ? test : null;
            return status;
        }
    }

    /// <summary>
    /// Finds a channel that no longer moves. A burst is the unit: noise alone changes every channel of a working sensor within a few
    /// samples (the longest constant stretch in 15 hours of HAPT is 15 samples).
    /// </summary>
    internal static class FrozenDetector
    {
        /// <summary>Bursts shorter than this, half a second, prove nothing.</summary>
        public const int LeastSamples = 25;

        /// <summary>The first channel that has one value throughout the burst, or −1.</summary>
        public static int FrozenChannel(MotionSensor sensor)
        {
            int last = sensor.SampleCount - 1;
            int channels = sensor.UsesGyroscope ? SensorScale.ChannelCount : SensorScale.ChannelCount / 2;
            for (int channel = 0; channel < channels && last + 1 >= LeastSamples; channel++)
            {
                // Almost always the ends differ already, and nothing more is compared.
                if (sensor.Counts(0, channel) == sensor.Counts(last, channel) && IsConstant(sensor, channel, last))
                {
                    return channel;
                }
            }

            return -1;
        }

        private static bool IsConstant(MotionSensor sensor, int channel, int last)
        {
            short value = sensor.Counts(0, channel);
            for (int i = 1; i < last; i++)
            {
                if (sensor.Counts(i, channel) != value)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
