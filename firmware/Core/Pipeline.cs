namespace HarEdge.Core
{
    /// <summary>
    /// The loop body: sample in, decision out. It owns every buffer and allocates all of them here, once; Step allocates nothing.
    /// Read the properties after Step has returned true; they hold until the next decision.
    /// </summary>
    public sealed class Pipeline
    {
        /// <summary>Bytes of a sample in the sensor's FIFO.</summary>
        public const int BytesPerSample = 2 * SensorScale.ChannelCount;

        private readonly Classifier model;
        private readonly SampleWindow window;
        private readonly DecisionFilter filter;
        private readonly int length;
        private readonly int[] features;
        private readonly int[] scores;
        private readonly Calibration calibration = new Calibration();

        /// <summary>Prepares all memory for a model.</summary>
        public Pipeline(Classifier model)
        {
            this.model = model;
            window = new SampleWindow(model);
            length = window.Length;
            filter = new DecisionFilter(model);
            features = new int[model.FeatureCount];
            scores = new int[model.ClassCount];
            Decision = Classifier.Unknown;
        }

        /// <summary>What is done to each sample first; change it only together with <see cref="Restart"/> or while nothing moves.</summary>
        public Calibration Calibration
        {
            get { return calibration; }
        }

        /// <summary>Features of the last window, by the model's own numbering; 0 where its stage needed none.</summary>
        public int[] Features
        {
            get { return features; }
        }

        /// <summary>Scores of the last window; see <see cref="Classifier"/> for the scale.</summary>
        public int[] Scores
        {
            get { return scores; }
        }

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
            SampleWindow window = this.window;
            if (calibration.IsIdentity)
            {
                // As SampleWindow.Push, without the call.
                int at = window.Filled;
                window.Ax[at] = ax;
                window.Ay[at] = ay;
                window.Az[at] = az;
                window.Gx[at] = gx;
                window.Gy[at] = gy;
                window.Gz[at] = gz;
                window.Filled = at + 1;
                if (at + 1 < length)
                {
                    return false;
                }
            }
            else if (!calibration.PushInto(window, ax, ay, az, gx, gy, gz))
            {
                return false;
            }

            Decide();
            return true;
        }

        /// <summary>
        /// Takes samples as the sensor's FIFO gave them: twelve bytes each, ax ay az gx gy gz, high byte first. They go straight into the channels.
        /// </summary>
        /// <param name="burst">Bytes of the FIFO.</param>
        /// <param name="first">The first sample to take.</param>
        /// <param name="count">How many; at most <see cref="SamplesUntilDecision"/>.</param>
        /// <returns>True when they completed a window and a new decision is there.</returns>
        public bool StepBurst(byte[] burst, int first, int count)
        {
            int from = first * BytesPerSample;
            int end = from + count * BytesPerSample;
            short[] ax = window.Ax;
            short[] ay = window.Ay;
            short[] az = window.Az;
            short[] gx = window.Gx;
            short[] gy = window.Gy;
            short[] gz = window.Gz;
            int at = window.Filled;

            for (; from < end; from += BytesPerSample)
            {
                ax[at] = unchecked((short)((burst[from] << 8) | burst[from + 1]));
                ay[at] = unchecked((short)((burst[from + 2] << 8) | burst[from + 3]));
                az[at] = unchecked((short)((burst[from + 4] << 8) | burst[from + 5]));
                gx[at] = unchecked((short)((burst[from + 6] << 8) | burst[from + 7]));
                gy[at] = unchecked((short)((burst[from + 8] << 8) | burst[from + 9]));
                gz[at] = unchecked((short)((burst[from + 10] << 8) | burst[from + 11]));
                at++;
            }

            if (!calibration.IsIdentity)
            {
                calibration.ApplyTo(window, at - count, count);
            }

            window.Filled = at;
            if (at < length)
            {
                return false;
            }

            Decide();
            return true;
        }

        /// <summary>Starts over after a gap: no window spans the hole, no belief survives it.</summary>
        public void Restart()
        {
            window.Restart();
            filter.Restart();
            Decision = Classifier.Unknown;
        }

        private void Decide()
        {
            int stage = model.Classify(window, features, scores);
            int best = ArgMax.Of(scores);
            int margin = ArgMax.Margin(scores, best);
            Stage = stage;
            WindowClass = best;
            Margin = margin;
            ConfidencePercent = model.ConfidencePercent(stage, margin);
            Decision = filter.Update(scores, model.IsKnown(features, stage, margin));
            window.Slide();
        }
    }
}
