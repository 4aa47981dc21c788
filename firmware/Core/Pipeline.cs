namespace HarEdge.Core
{
    /// <summary>
    /// The loop body: sample in, decision out. It owns every buffer and allocates all of them here, once; Step allocates nothing.
    /// Read the properties after Step has returned true; they hold until the next decision.
    /// </summary>
    public sealed class Pipeline
    {
        private readonly Classifier model;
        private readonly SampleWindow window;
        private readonly DecisionFilter filter;

        /// <summary>Prepares all memory for a model.</summary>
        public Pipeline(Classifier model)
        {
            this.model = model;
            window = new SampleWindow(model);
            filter = new DecisionFilter(model);
            Features = new int[model.FeatureCount];
            Scores = new int[model.ClassCount];
            Decision = Classifier.Unknown;
        }

        /// <summary>What is done to each sample first; change it only together with <see cref="Restart"/> or while nothing moves.</summary>
        public Calibration Calibration { get; } = new Calibration();

        /// <summary>Features of the last window, by the model's own numbering; 0 where its stage needed none.</summary>
        public int[] Features { get; }

        /// <summary>Scores of the last window; see <see cref="Classifier"/> for the scale.</summary>
        public int[] Scores { get; }

        /// <summary>Stage the gate chose for the last window.</summary>
        public int Stage { get; private set; }

        /// <summary>Best class of the last window alone.</summary>
        public int WindowClass { get; private set; }

        /// <summary>Best score minus second best.</summary>
        public int Margin { get; private set; }

        /// <summary>Calibrated probability of <see cref="WindowClass"/>, in percent.</summary>
        public int ConfidencePercent { get; private set; }

        /// <summary>The activity now, after the temporal filter, or <see cref="Classifier.Unknown"/>.</summary>
        public int Decision { get; private set; }

        /// <summary>Samples still to come before the next decision.</summary>
        public int SamplesUntilDecision
        {
            get { return window.Missing; }
        }

        /// <summary>Takes one sample in counts; true when it completed a window and a new decision is there.</summary>
        public bool Step(short ax, short ay, short az, short gx, short gy, short gz)
        {
            bool complete = Calibration.IsIdentity
                ? window.Push(ax, ay, az, gx, gy, gz)
                : Calibration.PushInto(window, ax, ay, az, gx, gy, gz);
            if (!complete)
            {
                return false;
            }

            Stage = model.Classify(window, Features, Scores);
            WindowClass = ArgMax.Of(Scores);
            Margin = ArgMax.Margin(Scores, WindowClass);
            ConfidencePercent = model.ConfidencePercent(Stage, Margin);
            Decision = filter.Update(Scores, model.IsKnown(Features, Stage, Margin));
            window.Slide();
            return true;
        }

        /// <summary>Starts over after a gap: no window spans the hole, no belief survives it.</summary>
        public void Restart()
        {
            window.Restart();
            filter.Restart();
            Decision = Classifier.Unknown;
        }
    }
}
