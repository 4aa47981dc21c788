using HarEdge.Core;

namespace HarEdge.Firmware
{
    /// <summary>
    /// Takes one sample after another through the pipeline and whatever measures beside it, and prints what follows: decisions,
    /// calibrations, raw blocks. After any gap the window starts over. Never here: where samples come from.
    /// </summary>
    internal sealed class Stepper
    {
        private readonly Classifier model;
        private readonly SerialConsole console;
        private readonly WearCalibration wear;
        private readonly GyroBiasTracker gyroBias;
        private readonly bool tracksGyroBias;
        private bool isGravityBad;

        public Stepper(Classifier model, SerialConsole console, DeviceSettings settings)
        {
            this.model = model;
            this.console = console;
            StillStretch stillness = new StillStretch(StillStretch.MostSamples);
            wear = new WearCalibration(model, stillness);
            gyroBias = new GyroBiasTracker(model, stillness);
            Raw = new RawBlocks(console);
            tracksGyroBias = settings.TracksGyroBias;
            Pipeline = new Pipeline(model);
        }

        /// <summary>The pipeline, for whoever wants to see features and scores after a decision.</summary>
        public Pipeline Pipeline { get; }

        /// <summary>Recording mode.</summary>
        public RawBlocks Raw { get; }

        /// <summary>What decisions take.</summary>
        public DecisionTimer Timer { get; } = new DecisionTimer();

        /// <summary>Number of the last sample stepped, counted since boot.</summary>
        public int Samples { get; private set; }

        /// <summary>Decisions printed since boot.</summary>
        public int Decisions { get; private set; }

        /// <summary>Samples since the last motion, at most 2^24.</summary>
        public int StillSamples
        {
            get { return gyroBias.StillSamples; }
        }

        /// <summary>Samples of the last burst that are not stepped yet.</summary>
        public int SamplesAhead { get; private set; }

        /// <summary>
        /// All samples of a burst: first through the pipeline, which alone is timed; then into raw blocks; then to what measures beside. A calibration found in
        /// a burst so holds from its end on.
        /// </summary>
        public void StepBurst(MotionSensor sensor)
        {
            int before = Samples;
            int count = sensor.SampleCount;
            Timer.Switch();
            int taken = 0;
            while (taken < count)
            {
                int left = count - taken;
                int wanted = Pipeline.SamplesUntilDecision < left ? Pipeline.SamplesUntilDecision : left;
                bool isDecided = Pipeline.StepBurst(sensor.Burst, taken, wanted);
                taken += wanted;
                if (isDecided)
                {
                    Timer.Switch();
                    Timer.NoteDecision();
                    SamplesAhead = count - taken;
                    Samples = before + taken;
                    PrintDecision();
                    Timer.Switch();
                }
            }

            Timer.Switch();
            Samples = before + count;
            for (int i = 0; i < count && Raw.IsOn; i++)
            {
                Raw.Add(sensor, i, before + i + 1);
            }

            Measure(sensor);
        }

        /// <summary>Steps a block that a host sent: the pipeline and nothing else.</summary>
        public void StepReplayed(CommandReader block)
        {
            for (int i = 0; i < block.BlockSamples; i++)
            {
                Samples++;
                if (Pipeline.Step(
                    block.Counts(i, 0), block.Counts(i, 1), block.Counts(i, 2), block.Counts(i, 3), block.Counts(i, 4), block.Counts(i, 5)))
                {
                    PrintDecision();
                }
            }

            Say(EventCode.Block, block.BlockSamples);
        }

        /// <summary>No window, no block and no measurement spans this place.</summary>
        public void Restart()
        {
            Raw.Flush();
            gyroBias.Restart();
            if (wear.IsRunning)
            {
                wear.NoteGap();
            }

            Pipeline.Restart();
            Timer.Discard();
        }

        /// <summary>Prints an event at the last sample stepped.</summary>
        public void Say(string code, int detail)
        {
            console.Event(code, Samples, detail);
        }

        /// <summary>Prints the calibration that holds after the last sample stepped.</summary>
        public void SayCalibration()
        {
            console.Calibration(Pipeline.Calibration, Samples);
        }

        /// <summary>Waits for the wearer to stand still, from now on.</summary>
        public void BeginWearCalibration()
        {
            wear.Begin();
            Say(EventCode.WearStart, 0);
        }

        /// <summary>The wearer's samples end here.</summary>
        public void GiveUpWearCalibration()
        {
            if (wear.IsRunning)
            {
                wear.GiveUp();
                EndWearCalibration();
            }
        }

        /// <summary>Asks for a wear calibration where the model needs one and has none.</summary>
        public void AskForWearCalibration()
        {
            if (model.MeasuresLean && !Pipeline.Calibration.IsAligned && !wear.IsRunning)
            {
                Say(EventCode.WearNeeded, 0);
            }
        }

        /// <summary>Forgets all calibration; the window starts over.</summary>
        public void ClearCalibration()
        {
            Pipeline.Calibration.ClearGravity();
            Pipeline.Calibration.SetGyroZero(0, 0, 0);
            Restart();
        }

        private void Measure(MotionSensor sensor)
        {
            for (int i = 0; i < sensor.SampleCount; i++)
            {
                if (wear.IsRunning)
                {
                    if (wear.Push(
                        Pipeline.Calibration, sensor.Counts(i, 0), sensor.Counts(i, 1), sensor.Counts(i, 2), sensor.Counts(i, 3), sensor.Counts(i, 4), sensor.Counts(i, 5)))
                    {
                        EndWearCalibration();
                    }
                }
                else if (gyroBias.TakesNext() && gyroBias.Push(
                    sensor.Counts(i, 0), sensor.Counts(i, 1), sensor.Counts(i, 2), sensor.Counts(i, 3), sensor.Counts(i, 4), sensor.Counts(i, 5)))
                {
                    NoteStillness();
                }
            }
        }

        private void PrintDecision()
        {
            console.Decision(Pipeline, Samples, model);
            Decisions++;
        }

        private void EndWearCalibration()
        {
            if (wear.Failure != 0)
            {
                gyroBias.Restart();
                Say(EventCode.WearFailed, wear.Failure);
                return;
            }

            // No window may hold samples turned and not turned.
            Restart();
            Say(EventCode.WearDone, 0);
            SayCalibration();
        }

        private void NoteStillness()
        {
            if (tracksGyroBias && gyroBias.IsOffsetKnown && gyroBias.Update(Pipeline.Calibration))
            {
                SayCalibration();
            }

            if (gyroBias.IsGravityGood == isGravityBad)
            {
                isGravityBad = !gyroBias.IsGravityGood;
                Say(EventCode.Gravity, gyroBias.GravityMilliG);
            }
        }
    }
}
