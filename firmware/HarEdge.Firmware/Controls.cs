namespace HarEdge.Firmware
{
    /// <summary>
    /// What the wearer or a host asks for, from the button or from the second UART, as requests to be taken once. Comes in: presses and
    /// lines. Goes out: flags.
    /// </summary>
    internal sealed class Controls
    {
        private readonly Button button;
        private readonly CommandPort port;

        public Controls(Button button, CommandPort port)
        {
            this.button = button;
            this.port = port;
        }

        /// <summary>Three seconds of standing still, please.</summary>
        public bool WantsWearCalibration { get; private set; }

        /// <summary>Forget all calibration.</summary>
        public bool WantsForget { get; private set; }

        /// <summary>Recording mode on.</summary>
        public bool WantsRecord { get; private set; }

        /// <summary>Recording mode off.</summary>
        public bool WantsStop { get; private set; }

        /// <summary>Banner, calibration and health at once.</summary>
        public bool WantsInfo { get; private set; }

        /// <summary>Samples from the host instead of the sensor.</summary>
        public bool WantsReplay { get; private set; }

        /// <summary>Back to the sensor.</summary>
        public bool WantsLive { get; private set; }

        /// <summary>A line with this verb was not understood.</summary>
        public bool HasUnknownCommand { get; private set; }

        /// <summary>Replayed samples; none when BlockSamples is 0.</summary>
        public CommandReader Line
        {
            get { return port.Line; }
        }

        /// <summary>Takes the next press or line; false when there is none. A short press calibrates, a long one switches recording.</summary>
        /// <param name="isRecording">What a long press ends.</param>
        public bool TakeNext(bool isRecording)
        {
            bool isLong = button.TakeLongPress();
            bool isShort = button.TakeShortPress();
            bool hasLine = !isLong && !isShort && port.TakeLine();
            bool isBlock = hasLine && Line.BlockSamples > 0;
            WantsWearCalibration = isShort || (hasLine && Line.IsVerb("CALIBRATE"));
            WantsForget = hasLine && Line.IsVerb("FORGET");
            WantsRecord = (isLong && !isRecording) || (hasLine && Line.IsVerb("RECORD"));
            WantsStop = (isLong && isRecording) || (hasLine && Line.IsVerb("STOP"));
            WantsInfo = hasLine && Line.IsVerb("INFO");
            WantsReplay = hasLine && Line.IsVerb("REPLAY");
            WantsLive = hasLine && Line.IsVerb("LIVE");
            HasUnknownCommand = hasLine && !isBlock && !WantsWearCalibration && !WantsForget && !WantsRecord && !WantsStop && !WantsInfo
                && !WantsReplay && !WantsLive;
            return isLong || isShort || hasLine;
        }
    }
}
