using System.Runtime.CompilerServices;
using HarEdge.Core;
using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Cost.WorstCase;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Portability;

namespace HarEdge.Trainer.Cost;

/// <summary>Runs a generated model in the pipeline, counts the instructions of every step, and proves how many there can be.</summary>
internal static class CostMeter
{
    /// <summary>Costs of a model on recordings.</summary>
    /// <param name="model">A valid model.</param>
    /// <param name="data">At least one run must be as long as a window.</param>
    /// <param name="progress">Told the share of samples stepped.</param>
    /// <param name="weights">Of instructions; null for the default.</param>
    /// <param name="chips">Null for those HarEdge knows.</param>
    /// <exception cref="InputException">No run of the recordings is as long as a window.</exception>
    public static CostReport Measure(
        FixedPointModel model,
        IReadOnlyList<DataSet> data,
        IProgress<StepProgress>? progress = null,
        InstructionWeights? weights = null,
        ChipTable? chips = null)
    {
        string source = CSharpGenerator.Generate(model);
        byte[] image = DeviceCompiler.CompileForDesktop(new DeviceSource(CSharpGenerator.FileName, source));
        using var code = new CountedAssembly(image, weights);
        var pipeline = new CountedPipeline(code);
        PipelineWorstCase worst = PipelineWorstCase.Of(code, pipeline.Instance, isWeighted: false);
        PipelineWorstCase heaviest = PipelineWorstCase.Of(code, pipeline.Instance, isWeighted: true);

        // Static initializers run once at start: before anything is counted.
        RunStaticInitializers(code);
        var samples = new StepTally(code);
        var decisions = new StepTally(code);
        Run(code, pipeline, [.. data.SelectMany(set => set.Recordings)], samples, decisions, progress);
        StepCost perSample = samples.Summarize((worst.PerSample, heaviest.PerSample), null);
        StepCost perDecision = decisions.Summarize((worst.PerDecision, heaviest.PerDecision), stage => model.Stages[stage].Name);
        int hop = model.Signal.HopSamples;
        if (perDecision.Steps == 0)
        {
            throw new InputException(
                $"No run of the recordings is as long as a window of {model.Signal.WindowSamples} samples.",
                "Give recordings of some seconds without a gap.");
        }

        ModelCode sizes = ModelCode.Read(image);
        FirmwareFootprint firmware = FirmwareFootprint.Of(source);
        return new CostReport
        {
            Model = model.Id,
            Data = string.Join(", ", data.Select(set => set.IsSynthetic ? set.Name + " (synthetic)" : set.Name)),
            PerSample = perSample,
            PerDecision = perDecision,
            Weights = $"{code.Weights.Source} ({code.Weights.Counted})",
            Chips = [.. (chips ?? ChipTable.Default).Chips.Select(chip => ChipCost.Of(chip, perSample, perDecision, hop))],
            IlBytes = sizes.IlBytes + firmware.IlBytes,
            ModelIlBytes = sizes.ModelIlBytes,
            RamBytes = firmware.RamBytes,
            PipelineRamBytes = HeapBytes.OfGraph(pipeline.Instance),
            GarbageBytesPerSecond = Garbage.BytesPerSecond(hop, SensorScale.SampleRateHz),
            Nodes = ModelSize.Of(model).Nodes,
            Depth = TreeDepth.Of(model),
            Features = model.Features.Count,
        };
    }

    private static void RunStaticInitializers(CountedAssembly code)
    {
        foreach (Type type in code.Assembly.GetTypes())
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }
    }

    private static void Run(
        CountedAssembly code,
        CountedPipeline pipeline,
        IReadOnlyList<Recording> recordings,
        StepTally samples,
        StepTally decisions,
        IProgress<StepProgress>? progress)
    {
        for (int recording = 0; recording < recordings.Count; recording++)
        {
            short[][] channels = recordings[recording].Channels;
            foreach (Run run in recordings[recording].Runs)
            {
                pipeline.Restart();
                for (int at = run.Start; at < run.End; at++)
                {
                    code.Reset();
                    if (pipeline.Step(channels, at))
                    {
                        decisions.Add(pipeline.Stage);
                    }
                    else
                    {
                        samples.Add(-1);
                    }
                }
            }

            progress?.Report(new StepProgress("cost", (recording + 1.0) / recordings.Count));
        }
    }
}
