namespace HarEdge.Core
{
    /// <summary>
    /// Reads windows and numbers from text. Known answers are text because a string constant stays in flash, while an array's
    /// initial values are copied to RAM. Comes in: a short string (the device finds a character by walking from the start).
    /// Goes out: counts or numbers in an array.
    /// </summary>
    public static class AnswerText
    {
        /// <summary>Character for "no change"; steps reach <see cref="LargestStep"/> characters to both sides, all printable ASCII.</summary>
        public const int NoStep = 80;

        /// <summary>Steps are −45 to 45: 45 is farther than from one end of the scale to the other.</summary>
        public const int LargestStep = 45;

        /// <summary>
        /// The count that follows another of the same channel. The step's distance grows with its square: fine for a still
        /// sensor, far enough for a shock; its odd factor lets every count occur.
        /// </summary>
        /// <param name="previous">−32768 to 32767.</param>
        /// <param name="step">−<see cref="LargestStep"/> to <see cref="LargestStep"/>.</param>
        public static int Next(int previous, int step)
        {
            // At most 45 · (33 · 45 + 2) = 66,915 away.
            int size = step < 0 ? -step : step;
            return FixedMath.Clamp(previous + step * (33 * size + 2), -32768, 32767);
        }

        /// <summary>Continues an array of samples (ax ay az gx gy gz ax …) with one count a character; each channel starts from 0.</summary>
        /// <param name="samples">Receives the counts.</param>
        /// <param name="start">Position of the first one.</param>
        /// <param name="text">The steps.</param>
        public static void SamplesInto(short[] samples, int start, string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                int at = start + i;
                int previous = at < SensorScale.ChannelCount ? 0 : samples[at - SensorScale.ChannelCount];
                samples[at] = (short)Next(previous, text[i] - NoStep);
            }
        }

        /// <summary>Numbers from decimal text, separated by single spaces; one that occurs several times in a row may be followed by a star and how often.</summary>
        /// <param name="text">For example "12 -3 0*5".</param>
        /// <param name="count">How many numbers it holds.</param>
        public static int[] Numbers(string text, int count)
        {
            int[] numbers = new int[count];
            int index = 0;
            int times = -1;
            bool isNegative = false;
            for (int i = 0; i < text.Length; i++)
            {
                char c = text[i];
                if (c == '*')
                {
                    times = 0;
                }
                else if (c == ' ')
                {
                    index = FillAgain(numbers, index, times) + 1;
                    times = -1;
                    isNegative = false;
                }
                else if (times >= 0)
                {
                    times = times * 10 + (c - '0');
                }
                else if (c == '-')
                {
                    isNegative = true;
                }
                else
                {
                    // Downwards for negative numbers: int.MinValue has no positive counterpart.
                    int digit = c - '0';
                    numbers[index] = numbers[index] * 10 + (isNegative ? -digit : digit);
                }
            }

            FillAgain(numbers, index, times);
            return numbers;
        }

        // The place of a number's last repetition; none without a star.
        private static int FillAgain(int[] numbers, int index, int times)
        {
            for (int left = times - 1; left > 0; left--)
            {
                numbers[index + 1] = numbers[index];
                index++;
            }

            return index;
        }
    }
}
