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

        // Samples that are decoded without a turn of the loop, from constant places of a block.
        private const int BlockSamples = 4;
        private const int BlockBytes = BlockSamples * BytesPerSample;

        private readonly Classifier model;
        private readonly SampleWindow window;
        private readonly DecisionFilter filter;
        private readonly int length;
        private readonly int[] features;
        private readonly int[] scores;
        private readonly byte[] block = new byte[BlockBytes];
        private readonly Calibration calibration = new Calibration();
        private int stage;
        private int windowClass;
        private int margin;
        private int confidencePercent;
        private int decision = Classifier.Unknown;

        /// <summary>Prepares all memory for a model.</summary>
        public Pipeline(Classifier model)
        {
            this.model = model;
            window = new SampleWindow(model);
            length = window.Length;
            filter = new DecisionFilter(model);
            features = new int[model.FeatureCount];
            scores = new int[model.ClassCount];
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
        public int Stage
        {
            get { return stage; }
        }

        /// <summary>Best class of the last window alone.</summary>
        public int WindowClass
        {
            get { return windowClass; }
        }

        /// <summary>Best score minus second best.</summary>
        public int Margin
        {
            get { return margin; }
        }

        /// <summary>Calibrated probability of <see cref="WindowClass"/>, in percent.</summary>
        public int ConfidencePercent
        {
            get { return confidencePercent; }
        }

        /// <summary>The activity now, after the temporal filter, or <see cref="Classifier.Unknown"/>.</summary>
        public int Decision
        {
            get { return decision; }
        }

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
            int at = Decode(burst, from, from + count * BytesPerSample);
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
            decision = Classifier.Unknown;
        }

        // The place in the window after the samples that stand between two places of a burst.
        private int Decode(byte[] burst, int from, int end)
        {
            byte[] block = this.block;
            short[] ax = window.Ax;
            short[] ay = window.Ay;
            short[] az = window.Az;
            short[] gx = window.Gx;
            short[] gy = window.Gy;
            short[] gz = window.Gz;
            int at = window.Filled;

            // A byte at a constant place costs the interpreter less than one at a computed place; copying four samples there costs as much as a third of one.
            for (int lastBlock = end - BlockBytes; from <= lastBlock; from += BlockBytes)
            {
                System.Array.Copy(burst, from, block, 0, BlockBytes);
                ax[at] = unchecked((short)((block[0] << 8) | block[1]));
                ay[at] = unchecked((short)((block[2] << 8) | block[3]));
                az[at] = unchecked((short)((block[4] << 8) | block[5]));
                gx[at] = unchecked((short)((block[6] << 8) | block[7]));
                gy[at] = unchecked((short)((block[8] << 8) | block[9]));
                gz[at] = unchecked((short)((block[10] << 8) | block[11]));
                at++;
                ax[at] = unchecked((short)((block[12] << 8) | block[13]));
                ay[at] = unchecked((short)((block[14] << 8) | block[15]));
                az[at] = unchecked((short)((block[16] << 8) | block[17]));
                gx[at] = unchecked((short)((block[18] << 8) | block[19]));
                gy[at] = unchecked((short)((block[20] << 8) | block[21]));
                gz[at] = unchecked((short)((block[22] << 8) | block[23]));
                at++;
                ax[at] = unchecked((short)((block[24] << 8) | block[25]));
                ay[at] = unchecked((short)((block[26] << 8) | block[27]));
                az[at] = unchecked((short)((block[28] << 8) | block[29]));
                gx[at] = unchecked((short)((block[30] << 8) | block[31]));
                gy[at] = unchecked((short)((block[32] << 8) | block[33]));
                gz[at] = unchecked((short)((block[34] << 8) | block[35]));
                at++;
                ax[at] = unchecked((short)((block[36] << 8) | block[37]));
                ay[at] = unchecked((short)((block[38] << 8) | block[39]));
                az[at] = unchecked((short)((block[40] << 8) | block[41]));
                gx[at] = unchecked((short)((block[42] << 8) | block[43]));
                gy[at] = unchecked((short)((block[44] << 8) | block[45]));
                gz[at] = unchecked((short)((block[46] << 8) | block[47]));
                at++;
            }

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

            return at;
        }

        private void Decide()
        {
            int[] scores = this.scores;
            int stage = model.Classify(window, features, scores);

            // As ArgMax.Of and ArgMax.Margin, in one pass.
            int count = scores.Length;
            int best = 0;
            int largest = scores[0];
            int second = count > 1 ? int.MinValue : largest;
            for (int i = 1; i < count; i++)
            {
                int score = scores[i];
                if (score > largest)
                {
                    second = largest;
                    largest = score;
                    best = i;
                }
                else if (score > second)
                {
                    second = score;
                }
            }

            int margin = largest - second;
            this.stage = stage;
            windowClass = best;
            this.margin = margin;
            confidencePercent = model.ConfidencePercent(stage, margin);
            decision = filter.Update(scores, best, model.IsKnown(features, stage, margin));
            window.Slide();
        }
    }
}
