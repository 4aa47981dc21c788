namespace HarEdge.Firmware
{
    /// <summary>
    /// Does what the wearer or a host asks for: wear calibration, recording, replay. Comes in: requests from <see cref="Controls"/>. While
    /// samples come from a host there is no wearer to calibrate on, and nothing to record.
    /// </summary>
    internal sealed class Requests
    {
        private readonly Controls controls;
        private readonly Stepper stepper;
        private readonly Acquisition acquisition;

        public Requests(Controls controls, Stepper stepper, Acquisition acquisition)
        {
            this.controls = controls;
            this.stepper = stepper;
            this.acquisition = acquisition;
        }

        /// <summary>Whether samples come from a host.</summary>
        public bool IsReplaying { get; private set; }

        /// <summary>Serves all that wait; true when a host asked how the device is.</summary>
        public bool Serve()
        {
            bool wantsInfo = false;
            while (controls.TakeNext(stepper.Raw.IsOn))
            {
                if (controls.Block != null && IsReplaying)
                {
                    stepper.StepReplayed(controls.Block);
                }

                ServeCalibration();
                ServeRecording();
                ServeReplay();
                wantsInfo |= controls.WantsInfo;
                if (controls.HasUnknownCommand)
                {
                    stepper.Say(EventCode.BadCommand, controls.BadLines);
                }
            }

            return wantsInfo;
        }

        private void ServeCalibration()
        {
            if (controls.WantsWearCalibration && IsReplaying)
            {
                stepper.Say(EventCode.WearFailed, WearCalibration.Replayed);
            }
            else if (controls.WantsWearCalibration)
            {
                stepper.BeginWearCalibration();
            }

            if (controls.WantsForget)
            {
                stepper.ClearCalibration();
                stepper.Say(EventCode.Forgotten, 0);
                stepper.SayCalibration();
            }
        }

        private void ServeRecording()
        {
            if (controls.WantsRecord && !stepper.Raw.IsOn && !IsReplaying)
            {
                // Whoever replays the recording starts with an empty window too.
                stepper.Restart();
                stepper.Raw.Switch(true);
                stepper.Say(EventCode.RecordOn, 0);
                stepper.SayCalibration();
            }

            if (controls.WantsStop && stepper.Raw.IsOn)
            {
                stepper.Raw.Switch(false);
                stepper.Say(EventCode.RecordOff, 0);
            }
        }

        private void ServeReplay()
        {
            if (controls.WantsReplay && !IsReplaying)
            {
                IsReplaying = true;
                stepper.Raw.Switch(false);
                stepper.GiveUpWearCalibration();
                stepper.ClearCalibration();
                stepper.Say(EventCode.Replay, 0);
            }

            if (controls.WantsLive && IsReplaying)
            {
                IsReplaying = false;
                stepper.Restart();
                acquisition.Pause();
                stepper.Say(EventCode.Live, 0);
            }
        }
    }
}
