using System.Collections.Immutable;
using System.Reflection;
using HarEdge.Core;

namespace HarEdge.Trainer.Cost.WorstCase;

/// <summary>What no step of a pipeline exceeds, whatever the samples: in instructions, or in thousandths of their weight.</summary>
/// <param name="PerSample">Of a step that completes no window.</param>
/// <param name="PerDecision">Of a step that does.</param>
internal sealed record PipelineWorstCase(long PerSample, long PerDecision)
{
    private const int MostRounds = 8;

    // A burst of one sample: nothing is assumed about its bytes.
    private static readonly byte[] OneSample = new byte[Pipeline.BytesPerSample];

    // Calibration is set from outside between steps: nothing is assumed about it.
    private static readonly string[] SetFromOutside = ["Calibration", "GravityReference"];

    /// <summary>Proves the bounds for the model inside the counted code.</summary>
    /// <param name="code">Counted code.</param>
    /// <param name="pipeline">A constructed pipeline.</param>
    /// <param name="isWeighted">True for the weights of <paramref name="code"/>, false for instructions.</param>
    /// <exception cref="UnprovableException">The code does something no bound can be shown for.</exception>
    internal static PipelineWorstCase Of(CountedAssembly code, object pipeline, bool isWeighted)
    {
        var machine = new AbstractMachine(code.Assembly, code.Image, isWeighted ? code.Weights.Of : null);
        var entry = AbstractHeap.AsConstructed(field => SetFromOutside.Contains(field.DeclaringType!.Name));

        // What holds before the first step and is kept by every step holds before any step; the rest is forgotten, round by round.
        for (var round = 0; round < MostRounds; round++)
        {
            (var cost, _, var exit) = Step(machine, pipeline, entry);
            var either = AbstractHeap.Join(entry, exit);
            if (either.IsSameAs(entry))
            {
                return new PipelineWorstCase(Step(machine, pipeline, WithEmptyWindow(pipeline, entry)).Cost, cost);
            }

            entry = either;
        }

        throw new UnprovableException("the pipeline's state does not settle");
    }

    private static (long Cost, AbstractValue Value, AbstractHeap Heap) Step(AbstractMachine machine, object pipeline, AbstractHeap heap) =>
        machine.Run(
            pipeline.GetType().FullName!,
            "StepBurst",
            [AbstractValue.Reference(pipeline), AbstractValue.Reference(OneSample), AbstractValue.Int(0), AbstractValue.Int(1)],
            heap);

    private static AbstractHeap WithEmptyWindow(object pipeline, AbstractHeap heap)
    {
        var window = PrivateField(pipeline, "window").GetValue(pipeline)!;
        return heap.WithField(window, PrivateField(window, "Filled"), AbstractValue.Int(0));
    }

    private static FieldInfo PrivateField(object owner, string name) =>
        owner.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!;
}
