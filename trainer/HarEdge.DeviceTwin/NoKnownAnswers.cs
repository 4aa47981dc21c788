using System;
using HarEdge.Core;

namespace HarEdge.DeviceTwin
{
    /// <summary>For models that came without known answers: the boot self-test checks nothing.</summary>
    internal sealed class NoKnownAnswers : KnownAnswerSet
    {
        public override int Count
        {
            get { return 0; }
        }

        public override short[] Samples(int index)
        {
            throw new ArgumentOutOfRangeException(nameof(index));
        }

        public override int[] Features(int index)
        {
            throw new ArgumentOutOfRangeException(nameof(index));
        }

        public override int[] Scores(int index)
        {
            throw new ArgumentOutOfRangeException(nameof(index));
        }

        public override int Stage(int index)
        {
            throw new ArgumentOutOfRangeException(nameof(index));
        }

        public override int WindowClass(int index)
        {
            throw new ArgumentOutOfRangeException(nameof(index));
        }
    }
}
