using HarEdge.DeviceTwin.Simulation;

namespace HarEdge.DeviceTwin
{
    /// <summary>What kind of board and sensor, and how the firmware is set.</summary>
    public sealed record TwinOptions
    {
        /// <summary>Name of the runtime's target, from which the firmware knows its board: ESP32_REV3, ESP32_S3_ALL, ESP32_C3_REV3.</summary>
        public string TargetName { get; init; } = "ESP32_REV3";

        /// <summary>What the sensor's WHO_AM_I says; clones (0x70, 0x72, 0x98) have half the FIFO and no factory trim.</summary>
        public int SensorIdentity { get; init; } = 0x68;

        /// <summary>How the sensor departs from its register map, if it does.</summary>
        internal ChipVariant SensorVariant { get; init; } = ChipVariant.Usual;

        /// <summary>Whether the firmware takes off the gyroscope's zero rate. Off by default: then a decision depends on its window alone.</summary>
        public bool TracksZeroRate { get; init; }

        /// <summary>Whether the firmware sleeps lightly between bursts.</summary>
        public bool SleepsLightly { get; init; }

        /// <summary>Minutes without motion before deep sleep; 0 for never.</summary>
        public int DeepSleepAfterMinutes { get; init; }

        /// <summary>Whether the firmware takes a channel without any noise for broken; recordings of coarse sensors need this off.</summary>
        public bool DetectsFrozenChannels { get; init; } = true;

        /// <summary>Whether the second UART is wired.</summary>
        public bool HasCommandPort { get; init; } = true;
    }
}
