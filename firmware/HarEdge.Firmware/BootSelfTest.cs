using HarEdge.Core;

namespace HarEdge.Firmware
{
    /// <summary>
    /// Runs the known answers through the pipeline that will serve the wearer: same code, same interpreter, same memory. A device whose
    /// arithmetic differs from the desktop's must not report activities.
    /// </summary>
    internal static class BootSelfTest
    {
        /// <summary>Index of the first window with any other feature, score, stage or class than the desktop's; −1 when all agree.</summary>
        public static int FirstMismatch(Pipeline pipeline, KnownAnswerSet answers)
        {
            int mismatch = -1;
            for (int i = 0; i < answers.Count && mismatch < 0; i++)
            {
                pipeline.Restart();
                bool agrees = Replay(pipeline, answers.Samples(i))
                    && AreEqual(pipeline.Features, answers.Features(i))
                    && AreEqual(pipeline.Scores, answers.Scores(i))
                    && pipeline.Stage == answers.Stage(i)
                    && pipeline.WindowClass == answers.WindowClass(i);
                mismatch = agrees ? -1 : i;
            }

            pipeline.Restart();
            return mismatch;
        }

        // True when the last sample, and no earlier one, completed the window.
        private static bool Replay(Pipeline pipeline, short[] samples)
        {
            for (int at = 0; at < samples.Length; at += SensorScale.ChannelCount)
            {
                bool decided = pipeline.Step(
                    samples[at], samples[at + 1], samples[at + 2], samples[at + 3], samples[at + 4], samples[at + 5]);
                if (decided)
                {
                    return at + SensorScale.ChannelCount == samples.Length;
                }
            }

            return false;
        }

        private static bool AreEqual(int[] actual, int[] expected)
        {
            if (actual.Length != expected.Length)
            {
                return false;
            }

            for (int i = 0; i < actual.Length; i++)
            {
                if (actual[i] != expected[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
