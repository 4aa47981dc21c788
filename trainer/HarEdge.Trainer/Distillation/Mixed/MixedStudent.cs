using HarEdge.Trainer.Distillation.Linear;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Distillation.Mixed;

/// <summary>
/// The gate with, on each side, a linear specialist and a boosted ensemble whose leaves are added to its scores: what no weighted sum
/// tells apart, thresholds do. How much the trees count, if at all, is decided by people left out.
/// </summary>
/// <param name="settings">How the linear specialists select and fit; null takes the defaults.</param>
internal sealed class MixedStudent(LinearSettings? settings = null) : Student
{
    private readonly LinearSettings settings = settings ?? new LinearSettings();

    /// <inheritdoc/>
    public override string Kind => "linear with trees";

    /// <inheritdoc/>
    /// <remarks>The agreement of the result is that of the linear specialists: trees compare integers from the start.</remarks>
    public override DistilledStudent Distil(DistillationInput input)
    {
        var student = new LinearStudent(settings).Distil(input);
        var model = student.Model;
        for (var stage = 0; stage < model.Stages.Count; stage++)
        {
            if (model.Stages[stage] is LinearStage)
            {
                model = StageCorrection.Add(model, stage, SideLessons.Of(input, model, stage), input.FeatureNames, settings, input.Seed);
            }
        }

        return student with { Model = model };
    }
}
