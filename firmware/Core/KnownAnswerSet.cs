namespace HarEdge.Core
{
    /// <summary>
    /// Windows whose features, scores and class the desktop computed beforehand: the device checks itself against them at boot.
    /// Each member makes its arrays anew, so only one window is in memory at a time and none after the check.
    /// </summary>
    public abstract class KnownAnswerSet
    {
        /// <summary>Number of windows.</summary>
        public abstract int Count { get; }

        /// <summary>The model's window length times six counts, sample by sample: ax ay az gx gy gz ax …</summary>
        public abstract short[] Samples(int index);

        /// <summary>What Classifier.Classify puts into features.</summary>
        public abstract int[] Features(int index);

        /// <summary>What Classifier.Classify puts into scores.</summary>
        public abstract int[] Scores(int index);

        /// <summary>The stage Classifier.Classify returns.</summary>
        public abstract int Stage(int index);

        /// <summary>The best class of the window alone.</summary>
        public abstract int WindowClass(int index);
    }
}
