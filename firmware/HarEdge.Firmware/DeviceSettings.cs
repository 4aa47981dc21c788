namespace HarEdge.Firmware
{
    /// <summary>What an owner may want otherwise. The defaults suit a band on a USB cable.</summary>
    internal sealed class DeviceSettings
    {
        /// <summary>Which of the boards with its chip it is: <see cref="Board.DevKit"/> or <see cref="Board.Xiao"/>; the runtime only names the chip.</summary>
        public string BoardKind { get; set; } = Board.DevKit;

        /// <summary>Whether the gyroscope's bias is measured when nothing moves, and taken off.</summary>
        public bool TracksGyroBias { get; set; } = true;

        /// <summary>Whether the board sleeps lightly between bursts: for a battery, for native USB consoles drop their connection.</summary>
        public bool SleepsLightly { get; set; }

        /// <summary>Minutes without any motion after which the board sleeps deeply until the sensor feels motion; 0 for never.</summary>
        public int DeepSleepAfterMinutes { get; set; } = 15;

        /// <summary>Whether a channel that does not move at all counts as a fault, as it is for the real sensor, which always has noise.</summary>
        public bool DetectsFrozenChannels { get; set; } = true;

        /// <summary>Whether commands and replayed samples are accepted on the second UART.</summary>
        public bool HasCommandPort { get; set; }
    }
}
