namespace HarEdge.Core
{
    /// <summary>
    /// The unit contract. Every sample is six signed 16-bit counts in the order ax ay az gx gy gz, exactly as the
    /// MPU6050 reports them; nothing in Core knows g, m/s² or °/s. Ranges belong to the model and are set on the sensor.
    /// </summary>
    public static class SensorScale
    {
        /// <summary>Channels of a sample: ax ay az gx gy gz.</summary>
        public const int ChannelCount = 6;

        /// <summary>Samples per second.</summary>
        public const int SampleRateHz = 50;

        /// <summary>Full scale of the accelerometer by default, ± g (register map RM-MPU-6000A-00 §4.5, AFS_SEL = 1).</summary>
        public const int DefaultAccelRangeG = 4;

        /// <summary>Full scale of the gyroscope by default, ± °/s (register map §4.4, FS_SEL = 1).</summary>
        public const int DefaultGyroRangeDps = 500;

        /// <summary>Full scale is 2^15 counts, so ±4 g is 8192 counts per g.</summary>
        public static int AccelCountsPerG(int rangeG)
        {
            return 32768 / rangeG;
        }

        /// <summary>
        /// Ten times the gyroscope's counts per °/s: 1310, 655, 328, 164 for ±250, 500, 1000, 2000 °/s
        /// (register map §4.4 gives 131, 65.5, 32.8, 16.4).
        /// </summary>
        public static int GyroCountsPer10Dps(int rangeDps)
        {
            return (327500 + rangeDps / 2) / rangeDps;
        }
    }
}
