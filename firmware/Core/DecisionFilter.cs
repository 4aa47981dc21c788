namespace HarEdge.Core
{
    /// <summary>
    /// Smooths decisions over time: the forward algorithm of a hidden Markov model with maxima for sums (Viterbi's recursion,
    /// without looking back), in integer log scores. Comes in: the scores of a window. Goes out: the class believed now.
    /// Never here: division, allocation after construction.
    /// </summary>
    public sealed class DecisionFilter
    {
        /// <summary>No class falls further than this below the best, 16 factors e: the filter can always change its mind within a few windows.</summary>
        public const int Floor = -16 * Classifier.ScoreOne;

        private readonly Classifier model;
        private readonly int[] beliefs;
        private readonly int[] predicted;

        /// <summary>Makes a filter without any belief yet.</summary>
        public DecisionFilter(Classifier model)
        {
            this.model = model;
            beliefs = new int[model.ClassCount];
            predicted = new int[model.ClassCount];
        }

        /// <summary>Forgets: every class is as likely as any other.</summary>
        public void Restart()
        {
            System.Array.Clear(beliefs, 0, beliefs.Length);
        }

        /// <summary>Takes in one window.</summary>
        /// <param name="scores">Class scores; left as they are.</param>
        /// <param name="isKnown">False when the window belongs to no class: time passes, the scores count for nothing.</param>
        /// <returns>The most believed class, the lowest index on ties, or <see cref="Classifier.Unknown"/>.</returns>
        public int Update(int[] scores, bool isKnown)
        {
            return Update(scores, ArgMax.Of(scores), isKnown);
        }

        /// <summary>The same where the best class was found already.</summary>
        /// <param name="scores">Class scores; left as they are.</param>
        /// <param name="bestClass">By <see cref="ArgMax.Of"/>.</param>
        /// <param name="isKnown">False when the window belongs to no class.</param>
        /// <returns>The most believed class, the lowest index on ties, or <see cref="Classifier.Unknown"/>.</returns>
        public int Update(int[] scores, int bestClass, bool isKnown)
        {
            int[] beliefs = this.beliefs;
            int[] predicted = this.predicted;
            int count = predicted.Length;
            model.PredictInto(predicted, beliefs);

            // Beliefs and floored evidence are each in Floor..0: sums stay far inside int.
            if (isKnown)
            {
                int bestScore = scores[bestClass];
                for (int i = 0; i < count; i++)
                {
                    int evidence = scores[i] - bestScore;
                    predicted[i] += evidence < Floor ? Floor : evidence;
                }
            }

            int best = ArgMax.Of(predicted);
            int bestBelief = predicted[best];
            for (int i = 0; i < count; i++)
            {
                int belief = predicted[i] - bestBelief;
                beliefs[i] = belief < Floor ? Floor : belief;
            }

            return isKnown ? best : Classifier.Unknown;
        }
    }
}
