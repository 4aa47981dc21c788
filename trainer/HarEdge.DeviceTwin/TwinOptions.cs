using HarEdge.DeviceTwin.Simulation;
using HarEdge.Firmware;

namespace HarEdge.DeviceTwin
{
    /// <summary>
    /// What kind of board and sensor, and how the firmware is set: as shipped, unless said otherwise. Each default is read from
    /// <see cref="DeviceSettings"/>.
    /// </summary>
    public sealed record TwinOptions
    {
        private static readonly DeviceSettings Shipped = new DeviceSettings();

        /// <summary>
        /// For recordings: a decision depends on its window alone, and no rest, however long or even, ends the run. Other people's sensors
        /// have steps so coarse that a channel rests.
        /// </summary>
        public static TwinOptions ForRecordings { get; } = new TwinOptions
        {
            TracksGyroBias = false,
            DetectsFrozenChannels = false,
            DeepSleepAfterMinutes = 0,
        };

        /// <summary>
        /// Name of the runtime's target, from which the firmware knows its board by how it begins: ESP32_S3 (ESP32_S3_QUAD,
        /// ESP32_S3_OCTAL), ESP32_C3 (ESP32_C3), or any other ESP32 (ESP32_REV3, ESP32_REV0).
        /// </summary>
        public string TargetName { get; init; } = "ESP32_REV3";

        /// <summary>Which of the boards with that chip it is: DevKit or XIAO.</summary>
        public string BoardKind { get; init; } = Shipped.BoardKind;

        /// <summary>
        /// What the sensor's WHO_AM_I says: 0x68 for the MPU6050; 0x70 to 0x73 and 0x98 for clones, with a FIFO of 512 bytes and self-test codes of
        /// eight bits under another law (AN-MPU-6500A-02).
        /// </summary>
        public int SensorIdentity { get; init; } = 0x68;

        /// <summary>How the sensor departs from its register map, if it does.</summary>
        internal ChipVariant SensorVariant { get; init; } = ChipVariant.Usual;

        /// <summary>Whether the sensor's INT is wired; WIRING.md lets it stay open.</summary>
        public bool IsInterruptWired { get; init; } = true;

        /// <summary>Whether the firmware takes off the gyroscope's bias.</summary>
        public bool TracksGyroBias { get; init; } = Shipped.TracksGyroBias;

        /// <summary>Whether the firmware sleeps lightly between bursts.</summary>
        public bool SleepsLightly { get; init; } = Shipped.SleepsLightly;

        /// <summary>Minutes without motion before deep sleep; 0 for never.</summary>
        public int DeepSleepAfterMinutes { get; init; } = Shipped.DeepSleepAfterMinutes;

        /// <summary>Whether the firmware takes a channel without any noise for broken.</summary>
        public bool DetectsFrozenChannels { get; init; } = Shipped.DetectsFrozenChannels;

        /// <summary>Whether the second UART is wired and the firmware listens to it.</summary>
        public bool HasCommandPort { get; init; } = Shipped.HasCommandPort;
    }

    /// <summary>What a cheap sensor and a long wire can do.</summary>
    public enum DeviceFault
    {
        /// <summary>A third of all transfers is not acknowledged.</summary>
        Nack,

        /// <summary>A tenth of all reads ends early.</summary>
        ShortTransfer,

        /// <summary>In a third of all transfers one bit arrives wrong, in either direction.</summary>
        FlippedBit,

        /// <summary>The data line is held low by a chip in the middle of a byte; it lets go when clocked.</summary>
        HungBus,

        /// <summary>The data line is shorted to ground.</summary>
        ShortedBus,

        /// <summary>The sensor loses power for a moment.</summary>
        BrownOut,

        /// <summary>The board wakes up a second late, and the FIFO overflows.</summary>
        LateWake,

        /// <summary>The sensor's clock is 5 % fast.</summary>
        FastClock,

        /// <summary>The sensor's clock is 5 % slow.</summary>
        SlowClock,

        /// <summary>One axis does not move any more.</summary>
        FrozenAxis,

        /// <summary>The wires are off.</summary>
        Detached,
    }
}
