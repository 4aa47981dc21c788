using HarEdge.Core;

namespace HarEdge.Firmware
{
    /// <summary>
    /// Waits for the next decision's samples and steps them; brings the sensor up, and lets the board sleep when nothing moves. After any
    /// gap the window starts over. Never here: registers, pins, text formats, how to wait.
    /// </summary>
    internal sealed class DeviceLoop
    {
        private const int SamplePeriodMs = 1000 / SensorScale.SampleRateHz;
        private const int HaltedPeriodMs = 60000;
        private const int ReplayPollMs = 5;

        // Rest asked for doubles each time the sensor refuses wake on motion, 15 minutes up to 4 hours.
        private const int MostRefusals = 4;

        private const int Starting = 0;
        private const int Running = 1;
        private const int Interrupted = 2;
        private const int Halted = 3;

        // Whether motion can wake the board from deep sleep.
        private const int NotTested = 0;
        private const int Wakes = 1;
        private const int WakesNot = 2;

        private readonly RegisterBus bus;
        private readonly PowerPolicy power;
        private readonly Acquisition acquisition;
        private readonly Stepper stepper;
        private readonly Requests requests;
        private readonly HealthReport health;
        private int state;
        private int wake;
        private int refusals;
        private long lostMs;

        public DeviceLoop(
            Acquisition acquisition, Stepper stepper, Requests requests, HealthReport health, PowerPolicy power, RegisterBus bus)
        {
            this.acquisition = acquisition;
            this.stepper = stepper;
            this.requests = requests;
            this.health = health;
            this.power = power;
            this.bus = bus;
        }

        /// <summary>The pipeline, for whoever wants to see features and scores after a decision.</summary>
        public Pipeline Pipeline
        {
            get { return stepper.Pipeline; }
        }

        /// <summary>Where samples come from.</summary>
        public Acquisition Acquisition
        {
            get { return acquisition; }
        }

        /// <summary>Number of the last sample stepped, counted since boot.</summary>
        public int Samples
        {
            get { return stepper.Samples; }
        }

        /// <summary>Decisions printed since boot.</summary>
        public int Decisions
        {
            get { return stepper.Decisions; }
        }

        /// <summary>Whether <see cref="Boot"/> has run to its end.</summary>
        public bool IsBooted
        {
            get { return state != Starting; }
        }

        /// <summary>True when the self-test failed: no activity is reported.</summary>
        public bool IsHalted
        {
            get { return state == Halted; }
        }

        /// <summary>Samples of the last burst that are not stepped yet.</summary>
        public int SamplesAhead
        {
            get { return stepper.SamplesAhead; }
        }

        /// <summary>
        /// Prints the banner and checks the arithmetic; without it no activity is ever reported. After a timer's wake it checks first whether
        /// there is anything to be awake for.
        /// </summary>
        /// <param name="answers">What the desktop computes.</param>
        /// <param name="start">Why the board started, a word of <see cref="BootReason"/>.</param>
        /// <param name="secondsAsleep">How long the deep sleep was that has just ended; 0 when there was none.</param>
        public void Boot(KnownAnswerSet answers, string start, int secondsAsleep)
        {
            health.PrintBanner();
            if (start == BootReason.Timer && SleepsOn(secondsAsleep))
            {
                return;
            }

            BootReason.Forget();
            if (secondsAsleep > 0)
            {
                stepper.Say(EventCode.Awake, secondsAsleep);
            }

            int mismatch = BootSelfTest.FirstMismatch(Pipeline, answers);
            health.PrintModelTest(answers.Count, mismatch);
            state = mismatch >= 0 ? Halted : Running;
        }

        /// <summary>One turn: serve requests; then read and step a burst, or try to bring the sensor up, or take replayed samples.</summary>
        public void RunOnce()
        {
            if (state == Halted)
            {
                power.Wait(HaltedPeriodMs);
                stepper.Say(EventCode.Halted, 0);
                return;
            }

            if (state == Interrupted)
            {
                state = Running;
                StartOver(SensorStatus.Unexpected);
            }

            bool wantsInfo = requests.Serve();
            if (requests.IsReplaying)
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

            if (wantsInfo || health.IsDue(power.NowMs))
            {
                PrintHealth();
            }

            // The last of a turn: on the device it does not return.
            if (!requests.IsReplaying && !stepper.Raw.IsOn)
            {
                SleepWhenDue();
            }
        }

        /// <summary>After an exception nobody expected: the stretch is over, the loop goes on with its next turn. Allocates nothing.</summary>
        public void NoteUnexpected()
        {
            state = state == Running ? Interrupted : state;
        }

        private void Sample()
        {
            SensorStatus status = acquisition.ReadBurst(Pipeline.SamplesUntilDecision);
            if (status != SensorStatus.Ok)
            {
                StartOver(status);
                return;
            }

            stepper.StepBurst(acquisition.Sensor);
        }

        private void StartOver(SensorStatus status)
        {
            acquisition.Lose(status);
            stepper.Restart();
            stepper.Say(EventCode.Gap, (int)status);
            if (status == SensorStatus.RateOff)
            {
                stepper.Say(EventCode.Rate, acquisition.Rate.RateMilliHz);
            }
        }

        private void BringUp()
        {
            SensorStatus status = acquisition.BringUp();
            SelfTest test = acquisition.TakeSelfTest();
            if (test != null)
            {
                health.PrintSensorTest(test);
            }

            if (status == SensorStatus.Ok)
            {
                int identity = acquisition.Sensor.Identity;
                stepper.Say(acquisition.Sensor.IsClone ? EventCode.Clone : EventCode.Sensor, identity);
                if (acquisition.Sensor.ReadsShort)
                {
                    stepper.Say(EventCode.ShortReads, 0);
                }

                TestWake();
                stepper.AskForWearCalibration();
            }
            else if (acquisition.Attempts == 1)
            {
                lostMs = power.NowMs;
                stepper.Say(EventCode.NoSensor, (int)status);
            }
        }

        private void PrintHealth()
        {
            health.Print(power.NowMs, stepper, acquisition, bus.Retries);
            if (!requests.IsReplaying)
            {
                stepper.AskForWearCalibration();
            }
        }

        // Once: where no motion could end a deep sleep there is none.
        private void TestWake()
        {
            if (wake == NotTested && power.IsDeepSleepDue(long.MaxValue))
            {
                int obstacle = power.WakeObstacle(acquisition.Sensor);
                wake = obstacle == 0 ? Wakes : WakesNot;
                if (obstacle != 0)
                {
                    stepper.Say(EventCode.NoWake, obstacle);
                }
            }
        }

        private void SleepWhenDue()
        {
            if (!acquisition.IsSampling)
            {
                // Nobody has answered for as long as a rest would last: the timer checks now and then whether the sensor is back.
                if (acquisition.Attempts > 0 && power.IsDeepSleepDue(power.NowMs - lostMs))
                {
                    stepper.Say(EventCode.DeepSleep, 0);
                    BootReason.MarkAsleep();
                    power.SleepDeeply(false);
                }
            }
            else if (wake == Wakes && power.IsDeepSleepDue((stepper.StillSamples >> refusals) * SamplePeriodMs))
            {
                SleepUntilMoved();
            }
        }

        private void SleepUntilMoved()
        {
            int restSeconds = stepper.StillSamples / SensorScale.SampleRateHz;
            SensorStatus status = acquisition.ArmWakeOnMotion();
            if (status == SensorStatus.Ok)
            {
                stepper.Say(EventCode.DeepSleep, restSeconds);
                BootReason.MarkAsleep();
                power.SleepDeeply(true);
                return;
            }

            // The chip may sleep, or sample otherwise: this stretch is over as after any fault.
            refusals = refusals >= MostRefusals ? MostRefusals : refusals + 1;
            StartOver(status);
        }

        // The timer's check. A sensor still armed that felt no motion, or does not answer at all, lets the board sleep on; one that was moved, or
        // lost its settings with its power, is a reason to be awake.
        private bool SleepsOn(int secondsAsleep)
        {
            SensorStatus status = acquisition.CheckWakeOnMotion();
            bool isArmed = status == SensorStatus.Ok && !acquisition.Sensor.HasMoved;
            bool isSilent = status == SensorStatus.NotAcknowledged || status == SensorStatus.BusTimeout || status == SensorStatus.BusError;
            if (isArmed || isSilent)
            {
                stepper.Say(EventCode.SleepsOn, secondsAsleep);
                power.SleepDeeply(isArmed);
            }

            return isArmed || isSilent;
        }
    }
}
