using HarEdge.Core;

namespace HarEdge.Firmware
{
    /// <summary>
    /// Waits for the next decision's samples, steps the pipeline with them, prints; and does what the wearer or a host asks for. After any
    /// gap the window starts over. Never here: registers, pins, text formats, how to wait.
    /// </summary>
    internal sealed class DeviceLoop
    {
        private const int SamplePeriodMs = 1000 / SensorScale.SampleRateHz;
        private const int HaltedPeriodMs = 60000;
        private const int ReplayPollMs = 5;

        private readonly Classifier model;
        private readonly RegisterBus bus;
        private readonly SerialConsole console;
        private readonly PowerPolicy power;
        private readonly Controls controls;
        private readonly Acquisition acquisition;
        private readonly MotionSensor sensor;
        private readonly HealthReport health;
        private readonly WearCalibration wear;
        private readonly ZeroRateTracker zeroRate;
        private readonly RawBlocks raw;
        private readonly bool tracksZeroRate;
        private bool isReplaying;
        private bool isGravityBad;
        private int decisions;

        public DeviceLoop(
            Classifier model, Board board, DeviceSettings settings, RegisterBus bus, SerialConsole console, PowerPolicy power, Controls controls)
        {
            this.model = model;
            this.bus = bus;
            this.console = console;
            this.power = power;
            this.controls = controls;
            acquisition = new Acquisition(model, bus, power, settings);
            sensor = acquisition.Sensor;
            health = new HealthReport(board, model, console);
            StillStretch stillness = new StillStretch(StillStretch.MostSamples);
            wear = new WearCalibration(model, stillness);
            zeroRate = new ZeroRateTracker(model, stillness);
            raw = new RawBlocks(console);
            tracksZeroRate = settings.TracksZeroRate;
            Pipeline = new Pipeline(model);
        }

        /// <summary>The pipeline, for whoever wants to see features and scores after a decision.</summary>
        public Pipeline Pipeline { get; }

        /// <summary>Where samples come from.</summary>
        public Acquisition Acquisition
        {
            get { return acquisition; }
        }

        /// <summary>True when the self-test failed: no activity is reported.</summary>
        public bool IsHalted { get; private set; }

        /// <summary>Number of the last sample stepped, counted since boot.</summary>
        public int Samples { get; private set; }

        /// <summary>Samples of the last burst that came after <see cref="Samples"/> and are not stepped yet.</summary>
        public int SamplesAhead { get; private set; }

        /// <summary>Prints the banner and checks the arithmetic; without it no activity is ever reported.</summary>
        public void Boot(Board board, KnownAnswerSet answers)
        {
            console.Banner(board, model);
            int mismatch = BootSelfTest.FirstMismatch(Pipeline, answers);
            IsHalted = mismatch >= 0;
            console.SelfTest("MODEL", IsHalted ? "FAIL" : "PASS", answers.Count, mismatch, 0);
        }

        /// <summary>One turn: serve requests; then read and step a burst, or try to bring the sensor up, or take replayed samples.</summary>
        public void RunOnce()
        {
            if (IsHalted)
            {
                power.Wait(HaltedPeriodMs);
                console.Event(EventCode.Halted, Samples, 0);
                return;
            }

            Serve();
            if (isReplaying)
            {
                power.Wait(ReplayPollMs);
            }
            else if (acquisition.IsSampling)
            {
                Sample();
            }
            else
            {
                BringUp();
            }

            if (health.IsDue(power.NowMs))
            {
                PrintHealth();
            }
        }

        /// <summary>After an exception nobody expected: the stretch is over, the loop goes on.</summary>
        public void NoteUnexpected()
        {
            StartOver(SensorStatus.Unexpected);
        }

        private void Sample()
        {
            SensorStatus status = acquisition.ReadBurst(Pipeline.SamplesUntilDecision);
            if (status != SensorStatus.Ok)
            {
                StartOver(status);
                return;
            }

            for (int i = 0; i < sensor.SampleCount; i++)
            {
                SamplesAhead = sensor.SampleCount - 1 - i;
                if (raw.IsOn)
                {
                    raw.Add(sensor, i, Samples + 1);
                }

                Step(
                    sensor.Counts(i, 0), sensor.Counts(i, 1), sensor.Counts(i, 2), sensor.Counts(i, 3), sensor.Counts(i, 4), sensor.Counts(i, 5));
            }

            if (power.IsDeepSleepDue(zeroRate.StillSamples * SamplePeriodMs) && !raw.IsOn)
            {
                SleepDeeply();
            }
        }

        private void Step(short ax, short ay, short az, short gx, short gy, short gz)
        {
            Samples++;
            if (Pipeline.Step(ax, ay, az, gx, gy, gz))
            {
                decisions++;
                console.Decision(Pipeline, Samples, model);
            }

            if (wear.IsRunning)
            {
                if (wear.Push(Pipeline.Calibration, ax, ay, az, gx, gy, gz))
                {
                    EndWearCalibration();
                }
            }
            else if (!isReplaying && zeroRate.Push(ax, ay, az, gx, gy, gz))
            {
                NoteStillness();
            }
        }

        private void NoteStillness()
        {
            if (tracksZeroRate && zeroRate.IsOffsetKnown && zeroRate.Update(Pipeline.Calibration))
            {
                console.Calibration(Pipeline.Calibration, Samples);
            }

            if (zeroRate.IsGravityGood == isGravityBad)
            {
                isGravityBad = !zeroRate.IsGravityGood;
                console.Event(EventCode.Gravity, Samples, zeroRate.GravityMilliG);
            }
        }

        private void StartOver(SensorStatus status)
        {
            acquisition.Lose(status);
            RestartWindow();
            console.Event(EventCode.Gap, Samples, (int)status);
            if (status == SensorStatus.RateOff)
            {
                console.Event(EventCode.Rate, Samples, acquisition.Rate.RateMilliHz);
            }
        }

        private void RestartWindow()
        {
            raw.Flush();
            zeroRate.Restart();
            if (wear.IsRunning)
            {
                wear.NoteGap();
            }

            Pipeline.Restart();
        }

        private void BringUp()
        {
            bool wasTested = acquisition.SelfTest != null;
            SensorStatus status = acquisition.BringUp();
            if (!wasTested && acquisition.SelfTest != null)
            {
                PrintSensorTest(acquisition.SelfTest);
            }

            if (status == SensorStatus.Ok)
            {
                console.Event(MotionSensor.IsClone(sensor.Identity) ? EventCode.Clone : EventCode.Sensor, Samples, sensor.Identity);
                AskForWearCalibration();
            }
            else if (acquisition.Attempts == 1)
            {
                console.Event(EventCode.NoSensor, Samples, (int)status);
            }
        }

        private void PrintSensorTest(FactorySelfTest test)
        {
            string outcome = test.FirstFailure < 0 ? "PASS" : "FAIL";
            console.SelfTest("SENSOR", test.HasVerdict ? outcome : "SKIP", FactorySelfTest.Axes, test.FirstFailure, test.WorstPerMille);
        }

        private void PrintHealth()
        {
            health.Print(power.NowMs, Pipeline, acquisition, Samples, decisions, bus.Retries);
            AskForWearCalibration();
        }

        private void AskForWearCalibration()
        {
            if (model.MeasuresLean && !Pipeline.Calibration.IsAligned && !wear.IsRunning && !isReplaying)
            {
                console.Event(EventCode.WearNeeded, Samples, 0);
            }
        }

        private void Serve()
        {
            while (controls.TakeNext(raw.IsOn))
            {
                if (controls.Line.BlockSamples > 0 && isReplaying)
                {
                    StepBlock(controls.Line);
                }

                ServeCalibration();
                ServeRecording();
                ServeReplay();
                if (controls.WantsInfo)
                {
                    PrintHealth();
                }

                if (controls.HasUnknownCommand)
                {
                    console.Event(EventCode.BadCommand, Samples, controls.Line.BadLines);
                }
            }
        }

        private void ServeCalibration()
        {
            if (controls.WantsWearCalibration && !isReplaying)
            {
                wear.Begin();
                console.Event(EventCode.WearStart, Samples, 0);
            }

            if (controls.WantsForget)
            {
                Pipeline.Calibration.ClearGravity();
                Pipeline.Calibration.SetGyroZero(0, 0, 0);
                RestartWindow();
                console.Event(EventCode.Forgotten, Samples, 0);
                console.Calibration(Pipeline.Calibration, Samples);
            }
        }

        private void EndWearCalibration()
        {
            if (wear.Failure != 0)
            {
                zeroRate.Restart();
                console.Event(EventCode.WearFailed, Samples, wear.Failure);
                return;
            }

            // No window may hold samples turned and not turned.
            RestartWindow();
            console.Event(EventCode.WearDone, Samples, 0);
            console.Calibration(Pipeline.Calibration, Samples);
        }

        private void ServeRecording()
        {
            if (controls.WantsRecord && !raw.IsOn)
            {
                // Whoever replays the recording starts with an empty window too.
                RestartWindow();
                raw.Switch(true);
                console.Event(EventCode.RecordOn, Samples, 0);
                console.Calibration(Pipeline.Calibration, Samples);
            }

            if (controls.WantsStop && raw.IsOn)
            {
                raw.Switch(false);
                console.Event(EventCode.RecordOff, Samples, 0);
            }
        }

        private void ServeReplay()
        {
            if (controls.WantsReplay && !isReplaying)
            {
                isReplaying = true;
                raw.Switch(false);
                Pipeline.Calibration.ClearGravity();
                Pipeline.Calibration.SetGyroZero(0, 0, 0);
                RestartWindow();
                console.Event(EventCode.Replay, Samples, 0);
            }

            if (controls.WantsLive && isReplaying)
            {
                isReplaying = false;
                RestartWindow();
                acquisition.Pause();
                console.Event(EventCode.Live, Samples, 0);
            }
        }

        private void StepBlock(CommandReader block)
        {
            for (int i = 0; i < block.BlockSamples; i++)
            {
                Step(block.Counts(i, 0), block.Counts(i, 1), block.Counts(i, 2), block.Counts(i, 3), block.Counts(i, 4), block.Counts(i, 5));
            }

            console.Event(EventCode.Block, Samples, block.BlockSamples);
        }

        private void SleepDeeply()
        {
            console.Event(EventCode.DeepSleep, Samples, zeroRate.StillSamples / SensorScale.SampleRateHz);
            if (acquisition.WatchForMotion() == SensorStatus.Ok)
            {
                power.SleepDeeply();
            }
        }
    }
}
