using HarEdge.Core;
using HarEdge.Core.Generated;

namespace HarEdge.Trainer.Tests.Diagnosis;

/// <summary>The committed model's known answers with one score changed in the fourth: what a device that computes otherwise meets.</summary>
internal sealed class WrongAnswers : KnownAnswerSet
{
    private const int Wrong = 3;

    private readonly KnownAnswers right = new();

    public override int Count => right.Count;

    public override short[] Samples(int index) => right.Samples(index);

    public override int[] Features(int index) => right.Features(index);

    public override int[] Scores(int index)
    {
        var scores = right.Scores(index);
        scores[0] += index == Wrong ? 1 : 0;
        return scores;
    }

    public override int Stage(int index) => right.Stage(index);

    public override int WindowClass(int index) => right.WindowClass(index);
}
