namespace HarEdge.Firmware
{
    /// <summary>
    /// What the wearer or a host asks for, from the button or from the second UART, as requests to be taken once. Comes in: presses and
    /// lines. Goes out: flags.
    /// </summary>
    internal sealed class Controls
    {
        // Requests are bits of one field: on the device's heap a field takes 12 bytes, a flag or not.
        private const int WearCalibration = 1;
        private const int Forget = 2;
        private const int Record = 4;
        private const int Stop = 8;
        private const int Info = 16;
        private const int Replay = 32;
        private const int Live = 64;
        private const int UnknownCommand = 128;
        private const int ReplayedBlock = 256;

        private readonly Button button;
        private readonly CommandPort port;
        private int wanted;

        /// <param name="button">The board's button.</param>
        /// <param name="port">The second UART; null where there is none.</param>
        public Controls(Button button, CommandPort port)
        {
            this.button = button;
            this.port = port;
        }

        /// <summary>Three seconds of standing still, please.</summary>
        public bool WantsWearCalibration
        {
            get { return (wanted & WearCalibration) != 0; }
        }

        /// <summary>Forget all calibration.</summary>
        public bool WantsForget
        {
            get { return (wanted & Forget) != 0; }
        }

        /// <summary>Recording mode on.</summary>
        public bool WantsRecord
        {
            get { return (wanted & Record) != 0; }
        }

        /// <summary>Recording mode off.</summary>
        public bool WantsStop
        {
            get { return (wanted & Stop) != 0; }
        }

        /// <summary>Banner, calibration and health at once.</summary>
        public bool WantsInfo
        {
            get { return (wanted & Info) != 0; }
        }

        /// <summary>Samples from the host instead of the sensor.</summary>
        public bool WantsReplay
        {
            get { return (wanted & Replay) != 0; }
        }

        /// <summary>Back to the sensor.</summary>
        public bool WantsLive
        {
            get { return (wanted & Live) != 0; }
        }

        /// <summary>A line with this verb was not understood.</summary>
        public bool HasUnknownCommand
        {
            get { return (wanted & UnknownCommand) != 0; }
        }

        /// <summary>The block of replayed samples just taken; null when it was a press or a command.</summary>
        public CommandReader Block
        {
            get { return wanted == ReplayedBlock ? port.Line : null; }
        }

        /// <summary>Lines that were not understood, up to the one just taken.</summary>
        public int BadLines
        {
            get { return port.Line.BadLines; }
        }

        /// <summary>Takes the next press or line; false when there is none. A short press calibrates, a long one switches recording.</summary>
        /// <param name="isRecording">What a long press ends.</param>
        public bool TakeNext(bool isRecording)
        {
            bool isLong = button.TakeLongPress();
            bool isShort = !isLong && button.TakeShortPress();
            bool hasLine = !isLong && !isShort && port != null && port.TakeLine();
            wanted = isShort ? WearCalibration : isLong ? (isRecording ? Stop : Record) : hasLine ? WantedBy(port.Line) : 0;
            return isLong || isShort || hasLine;
        }

        private static int WantedBy(CommandReader line)
        {
            return line.BlockSamples > 0 ? ReplayedBlock
                : line.IsVerb("CALIBRATE") ? WearCalibration
                : line.IsVerb("FORGET") ? Forget
                : line.IsVerb("RECORD") ? Record
                : line.IsVerb("STOP") ? Stop
                : line.IsVerb("INFO") ? Info
                : line.IsVerb("REPLAY") ? Replay
                : line.IsVerb("LIVE") ? Live
                : UnknownCommand;
        }
    }
}
