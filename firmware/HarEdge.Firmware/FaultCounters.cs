namespace HarEdge.Firmware
{
    /// <summary>What went wrong since boot, by kind: nothing that happened is forgotten before it was in a health line.</summary>
    internal sealed class FaultCounters
    {
        /// <summary>Kinds of <see cref="SensorStatus"/>.</summary>
        public const int Kinds = (int)SensorStatus.Unexpected + 1;

        private readonly int[] counts = new int[Kinds];

        /// <summary>Stretches of samples that ended in a fault.</summary>
        public int Gaps { get; private set; }

        /// <summary>Attempts to bring the sensor up, successful or not.</summary>
        public int BringUps { get; private set; }

        /// <summary>How often a fault was met, also while the sensor was already known to be gone.</summary>
        public int Of(SensorStatus status)
        {
            return counts[(int)status];
        }

        public void CountFault(SensorStatus status)
        {
            counts[(int)status]++;
        }

        public void CountGap()
        {
            Gaps++;
        }

        public void CountBringUp()
        {
            BringUps++;
        }
    }
}
