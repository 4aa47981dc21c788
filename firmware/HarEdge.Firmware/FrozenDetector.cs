using HarEdge.Core;

namespace HarEdge.Firmware
{
    /// <summary>
    /// Finds a channel that no longer moves. A burst is the unit: noise alone changes every channel of a working sensor within a few
    /// samples (the longest constant stretch in 15 hours of HAPT is 15 samples).
    /// </summary>
    internal static class FrozenDetector
    {
        /// <summary>Bursts shorter than this, half a second, prove nothing.</summary>
        public const int LeastSamples = 25;

        /// <summary>The first channel that has one value throughout the burst, or −1.</summary>
        public static int FrozenChannel(MotionSensor sensor)
        {
            int last = sensor.SampleCount - 1;
            for (int channel = 0; channel < SensorScale.ChannelCount && last + 1 >= LeastSamples; channel++)
            {
                // Almost always the ends differ already, and nothing more is compared.
                if (sensor.Counts(0, channel) == sensor.Counts(last, channel) && IsConstant(sensor, channel, last))
                {
                    return channel;
                }
            }

            return -1;
        }

        private static bool IsConstant(MotionSensor sensor, int channel, int last)
        {
            short value = sensor.Counts(0, channel);
            for (int i = 1; i < last; i++)
            {
                if (sensor.Counts(i, channel) != value)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
