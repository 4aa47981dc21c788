namespace HarEdge.Core
{
    /// <summary>
    /// What a generated model gives to the pipeline. Comes in: a complete window. Goes out: features, scores, a stage.
    /// Scores are natural logarithms in 1/256 steps: class a is e^((score[a] − score[b]) / 256) times as likely as class b.
    /// Implementations allocate nothing after construction.
    /// </summary>
    public abstract class Classifier
    {
        /// <summary>A score of one: 256 steps per factor e.</summary>
        public const int ScoreOne = 256;

        /// <summary>Score of a class the chosen stage does not consider.</summary>
        public const int NotScored = -(1 << 20);

        /// <summary>Decision for a window that is none of the classes, or none with enough confidence.</summary>
        public const int Unknown = -1;

        /// <summary>Content hash of the model: 12 hex digits.</summary>
        public abstract string ModelId { get; }

        /// <summary>Samples in a window.</summary>
        public abstract int WindowSamples { get; }

        /// <summary>Samples from one window to the next.</summary>
        public abstract int HopSamples { get; }

        /// <summary>Full scale the accelerometer must be set to, ± g.</summary>
        public abstract int AccelRangeG { get; }

        /// <summary>Full scale the gyroscope must be set to, ± °/s.</summary>
        public abstract int GyroRangeDps { get; }

        /// <summary>Number of classes.</summary>
        public abstract int ClassCount { get; }

        /// <summary>Number of features any stage computes.</summary>
        public abstract int FeatureCount { get; }

        /// <summary>
        /// Whether any feature reads a channel, see <see cref="ChannelId"/>; channels it never reads take no memory. Asked at start.
        /// </summary>
        public virtual bool ReadsChannel(int channel)
        {
            return true;
        }

        /// <summary>Whether any feature reads the gyroscope; without one the device puts it to standby and feeds zeros. Asked at start.</summary>
        public virtual bool ReadsGyroscope
        {
            get { return true; }
        }

        /// <summary>Whether any feature is a quantile; without one nothing is sorted and no memory taken for it. Asked at start.</summary>
        public virtual bool ReadsQuantiles
        {
            get { return true; }
        }

        /// <summary>Whether any kernel of Core asks for sums of squares; straight code has its own, and then no memory is taken for them. Asked at start.</summary>
        public virtual bool ReadsSquares
        {
            get { return true; }
        }

        /// <summary>Name of a class, upper case with underscores.</summary>
        public abstract string ClassName(int classIndex);

        /// <summary>Walks the gate to a stage, computes only that stage's features, scores the classes.</summary>
        /// <param name="window">A complete window.</param>
        /// <param name="features">Receives <see cref="FeatureCount"/> values; those the stage does not need become 0.</param>
        /// <param name="scores">Receives <see cref="ClassCount"/> scores, or <see cref="NotScored"/>.</param>
        /// <returns>The stage's index.</returns>
        public abstract int Classify(SampleWindow window, int[] features, int[] scores);

        /// <summary>False when the features or the margin say that the window belongs to none of the classes.</summary>
        /// <param name="features">As filled by <see cref="Classify"/>.</param>
        /// <param name="stage">As returned by <see cref="Classify"/>.</param>
        /// <param name="margin">Best score minus second best.</param>
        public abstract bool IsKnown(int[] features, int stage, int margin);

        /// <summary>Calibrated probability that the best class is correct, in percent.</summary>
        /// <param name="stage">As returned by <see cref="Classify"/>.</param>
        /// <param name="margin">Best score minus second best.</param>
        public abstract int ConfidencePercent(int stage, int margin);

        /// <summary>Log probability, in score steps, of moving from one class to another between windows; 0 everywhere switches the filter off.</summary>
        public abstract int TransitionScore(int fromClass, int toClass);

        /// <summary>
        /// The decision filter's prediction: for each class the best way to be in it now. Generated models override it with their table written
        /// out, to the same sums.
        /// </summary>
        /// <param name="beliefs">What was believed of each class, 0 or less.</param>
        /// <param name="predicted">Receives, for each class, the largest belief with the score of moving from there.</param>
        public virtual void PredictInto(int[] predicted, int[] beliefs)
        {
            for (int to = 0; to < predicted.Length; to++)
            {
                int best = beliefs[0] + TransitionScore(0, to);
                for (int from = 1; from < beliefs.Length; from++)
                {
                    int reached = beliefs[from] + TransitionScore(from, to);
                    if (reached > best)
                    {
                        best = reached;
                    }
                }

                predicted[to] = best;
            }
        }

        /// <summary>
        /// Fills coarse samples, each the floor of the mean of four; see <see cref="SampleWindow.Coarse"/>. Generated models override it for their
        /// window and hop.
        /// </summary>
        /// <param name="target">A coarse channel.</param>
        /// <param name="start">Its first sample to fill: 0, or where the samples that stay of the last window end.</param>
        /// <param name="end">The last one and one: where those that stay will begin, or the channel's length.</param>
        /// <param name="source">The measured channel.</param>
        /// <returns>The sum of the measured samples that were read; at most 2^23.</returns>
        public virtual int FillCoarse(short[] target, int start, int end, short[] source)
        {
            int sum = 0;
            for (int i = start; i < end; i++)
            {
                int at = i << ChannelId.CoarseShift;
                int four = source[at] + source[at + 1] + source[at + 2] + source[at + 3];
                target[i] = (short)(four >> ChannelId.CoarseShift);
                sum += four;
            }

            return sum;
        }

        /// <summary>
        /// Whether any feature measures how far the wearer leans from upright, which means little before wear calibration has found what
        /// upright is. Asked while uncalibrated.
        /// </summary>
        public virtual bool MeasuresLean
        {
            get { return false; }
        }

        /// <summary>
        /// Direction of gravity in the training data, for wear calibration: component along x, y or z (axis 0 to 2), any length up to
        /// 2^23. 0, 0, 0 when the model was not trained for calibrated wear.
        /// </summary>
        public virtual int NominalGravity(int axis)
        {
            return 0;
        }
    }
}
