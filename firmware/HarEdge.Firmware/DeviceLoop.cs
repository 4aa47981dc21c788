using System;
using System.Threading;
using HarEdge.Core;

namespace HarEdge.Firmware
{
    /// <summary>
    /// Sleeps until the next decision is due, reads the FIFO in one burst, steps the pipeline, prints. On any fault it starts the
    /// window over and brings the sensor up again, for ever. Never here: registers, pins, text formats.
    /// </summary>
    internal sealed class DeviceLoop
    {
        private const int SamplePeriodMs = 1000 / SensorScale.SampleRateHz;

        // The sensor's clock and ours drift apart: half a period later the sample is there.
        private const int WakeMarginMs = SamplePeriodMs / 2;

        // Leaves 21 of the FIFO's 85 samples, 0.4 s, for a wake-up that comes late.
        private const int MostSamplesPerWake = 64;

        private const int FirstBackOffMs = 40;
        private const int LongestBackOffMs = 160;
        private const int HaltedPeriodMs = 60000;

        private readonly Classifier model;
        private readonly RegisterBus bus;
        private readonly MotionSensor sensor;
        private readonly SerialConsole console;
        private bool sampling;
        private long lastReadMs;
        private int attempts;
        private int backOffMs = FirstBackOffMs;

        public DeviceLoop(Classifier model, RegisterBus bus, SerialConsole console)
        {
            this.model = model;
            this.bus = bus;
            this.console = console;
            sensor = new MotionSensor(bus);
            Pipeline = new Pipeline(model);
            Faults = new FaultCounters();
        }

        /// <summary>The pipeline, for whoever wants to see features and scores after a decision.</summary>
        public Pipeline Pipeline { get; }

        /// <summary>What went wrong since boot.</summary>
        public FaultCounters Faults { get; }

        /// <summary>True when the self-test failed: no activity is reported.</summary>
        public bool IsHalted { get; private set; }

        /// <summary>Samples stepped since boot.</summary>
        public int Samples { get; private set; }

        /// <summary>Samples stepped since the window last started over, without any hole between them.</summary>
        public int SamplesSinceRestart { get; private set; }

        /// <summary>Prints the banner and checks the arithmetic; without it no activity is ever reported.</summary>
        public void Boot(Board board, KnownAnswerSet answers)
        {
            console.Banner(board, model);
            int mismatch = BootSelfTest.FirstMismatch(Pipeline, answers);
            IsHalted = mismatch >= 0;
            console.SelfTest("MODEL", IsHalted ? "FAIL" : "PASS", answers.Count, mismatch);
        }

        /// <summary>One turn: wait, read, step; or one attempt to bring the sensor up.</summary>
        public void RunOnce()
        {
            if (IsHalted)
            {
                Thread.Sleep(HaltedPeriodMs);
                console.Event("HALTED", Samples, 0);
                return;
            }

            if (!sampling)
            {
                BringUp();
                return;
            }

            SensorStatus status = WaitAndRead();
            if (status == SensorStatus.Ok)
            {
                StepBurst();
            }
            else
            {
                StartOver(status);
            }
        }

        private SensorStatus WaitAndRead()
        {
            int awaited = Pipeline.SamplesUntilDecision;
            awaited = awaited > MostSamplesPerWake ? MostSamplesPerWake : awaited;
            long waitMs = lastReadMs + awaited * SamplePeriodMs + WakeMarginMs - Environment.TickCount64;
            if (waitMs > 0)
            {
                Thread.Sleep((int)waitMs);
            }

            lastReadMs = Environment.TickCount64;
            SensorStatus status = sensor.ReadFifo();
            return status == SensorStatus.Ok && sensor.SampleCount == 0 ? SensorStatus.NoSamples : status;
        }

        private void StepBurst()
        {
            for (int i = 0; i < sensor.SampleCount; i++)
            {
                Samples++;
                SamplesSinceRestart++;
                bool decided = Pipeline.Step(
                    sensor.Counts(i, 0), sensor.Counts(i, 1), sensor.Counts(i, 2), sensor.Counts(i, 3), sensor.Counts(i, 4), sensor.Counts(i, 5));
                if (decided)
                {
                    console.Decision(Pipeline, Samples);
                }
            }
        }

        private void StartOver(SensorStatus status)
        {
            Faults.CountFault(status);
            Faults.CountGap();
            sampling = false;
            Pipeline.Restart();
            SamplesSinceRestart = 0;
            console.Event("GAP", Samples, (int)status);
        }

        private void BringUp()
        {
            Faults.CountBringUp();
            SensorStatus status = bus.Open() ? StartSensor() : SensorStatus.BusError;
            attempts++;
            if (status == SensorStatus.Ok)
            {
                console.Event("SENSOR", Samples, sensor.Identity);
                sampling = true;
                lastReadMs = Environment.TickCount64;
                attempts = 0;
                backOffMs = FirstBackOffMs;
                return;
            }

            Faults.CountFault(status);
            if (attempts == 1)
            {
                console.Event("NO_SENSOR", Samples, (int)status);
            }

            Thread.Sleep(backOffMs);
            backOffMs = backOffMs >= LongestBackOffMs ? LongestBackOffMs : backOffMs * 2;
        }

        private SensorStatus StartSensor()
        {
            SensorStatus status = sensor.CheckIdentity();
            if (status == SensorStatus.Ok)
            {
                status = sensor.Reset();
            }

            if (status == SensorStatus.Ok)
            {
                status = sensor.Configure(model.AccelRangeG, model.GyroRangeDps, SensorScale.SampleRateHz);
            }

            return status == SensorStatus.Ok ? sensor.RestartFifo() : status;
        }
    }
}
