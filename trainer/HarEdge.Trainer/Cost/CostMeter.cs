using System.Runtime.CompilerServices;
using HarEdge.Core;
using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Cost.WorstCase;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Portability;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace HarEdge.Trainer.Cost;

/// <summary>Runs a generated model in the pipeline, counts the instructions of every step, and proves how many there can be.</summary>
internal static class CostMeter
{
    /// <summary>Costs of a model on recordings.</summary>
    /// <param name="model">A valid model.</param>
    /// <param name="data">At least one run must be as long as a window.</param>
    /// <param name="progress">Receives the share of samples stepped.</param>
    /// <param name="weights">Of instructions; null for the default.</param>
    /// <param name="chips">Null for those HarEdge knows.</param>
    /// <param name="kernelBytes">As of the generator; null for its own budget.</param>
    /// <exception cref="InputException">No run of the recordings is as long as a window.</exception>
    public static CostReport Measure(
        FixedPointModel model,
        IReadOnlyList<DataSet> data,
        IProgress<StepProgress>? progress = null,
        InstructionWeights? weights = null,
        ChipTable? chips = null,
        int? kernelBytes = null)
    {
        var source = CSharpGenerator.Generate(model, kernelBytes: kernelBytes);
        var image = DeviceCompiler.CompileAsShipped(new DeviceSource(CSharpGenerator.FileName, source));
        using var code = new CountedAssembly(image, weights);
        var pipeline = new CountedPipeline(code);
        var worst = PipelineWorstCase.Of(code, pipeline.Instance, isWeighted: false);
        var heaviest = PipelineWorstCase.Of(code, pipeline.Instance, isWeighted: true);

        // Static initializers run once at start: before anything is counted.
        RunStaticInitializers(code);
        var samples = new StepTally(code);
        var decisions = new StepTally(code);
        Run(code, pipeline, model.Signal, [.. data.SelectMany(set => set.Recordings)], samples, decisions, progress);
        var perSample = samples.Summarize((worst.PerSample, heaviest.PerSample), null);
        var perDecision = decisions.Summarize((worst.PerDecision, heaviest.PerDecision), stage => model.Stages[stage].Name);
        var hop = model.Signal.HopSamples;
        if (perDecision.Steps == 0)
        {
            throw new InputException(
                $"No run of the recordings is as long as a window of {model.Signal.WindowSamples} samples.",
                "Give recordings of some seconds without a gap.");
        }

        var sizes = ModelCode.Read(image);
        var firmware = FirmwareFootprint.Of(source);
        double? sensorMilliamps = model.ReadsGyroscope ? null : ChipCost.AccelerometerMilliamps;
        return new CostReport
        {
            ModelId = model.Id,
            Dataset = DataSet.NameOf(data),
            Synthetic = DataSet.IsAnySynthetic(data),
            SensorMilliamps = sensorMilliamps,
            PerSample = perSample,
            PerDecision = perDecision,
            Weights = $"{code.Weights.Source} ({code.Weights.Counted})",
            Chips = [.. (chips ?? ChipTable.Default).Chips.Select(chip => ChipCost.Of(chip, perSample, perDecision, hop, sensorMilliamps))],
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
        foreach (var type in code.Assembly.GetTypes())
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }
    }

    private static void Run(
        CountedAssembly code,
        CountedPipeline pipeline,
        SignalSettings signal,
        IReadOnlyList<Recording> recordings,
        StepTally samples,
        StepTally decisions,
        IProgress<StepProgress>? progress)
    {
        for (var recording = 0; recording < recordings.Count; recording++)
        {
            var channels = recordings[recording].Channels;
            foreach (var run in recordings[recording].Runs)
            {
                pipeline.Restart();

                // As the device: all samples up to the next decision in a burst, of which the last one is counted by itself.
                for (int at = run.Start, wanted = signal.WindowSamples; at < run.End; at += wanted, wanted = signal.HopSamples)
                {
                    wanted = Math.Min(wanted, run.End - at);
                    if (wanted > 1)
                    {
                        code.Reset();
                        pipeline.Step(channels, at, wanted - 1);
                        samples.Add(-1, wanted - 1);
                    }

                    code.Reset();
                    if (pipeline.Step(channels, at + wanted - 1))
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

/// <summary>Adds up what steps of one kind executed.</summary>
internal sealed class StepTally(CountedAssembly code)
{
    private const double Thousandths = 1000;

    private readonly long[] executions = new long[code.Blocks.Count];
    private readonly List<(double Instructions, double Weight, int Stage)> steps = [];

    /// <summary>Takes in the steps that ran since the counters were reset: a decision's, or those of samples in a burst, all alike.</summary>
    /// <param name="stage">Of the decision, or −1.</param>
    /// <param name="count">How many steps.</param>
    public void Add(int stage, int count = 1)
    {
        var step = code.Executions;
        for (var i = 0; i < executions.Length; i++)
        {
            executions[i] += step[i];
        }

        steps.AddRange(Enumerable.Repeat(((double)code.Instructions() / count, (double)code.Weight() / count, stage), count));
    }

    /// <summary>The figures; <paramref name="stageName"/> names a stage, or null where steps have none.</summary>
    /// <param name="worst">Proven instructions and weight in thousandths.</param>
    /// <param name="stageName">Of a stage's index.</param>
    public StepCost Summarize((long Instructions, long Weight) worst, Func<int, string>? stageName)
    {
        double[] sorted = [.. steps.Select(step => step.Instructions).Order()];
        var weight = sorted.Length == 0 ? 0 : steps.Average(step => step.Weight) / Thousandths;
        return new StepCost
        {
            Steps = sorted.Length,
            Mean = sorted.Length == 0 ? 0 : sorted.Average(),
            P99 = sorted.Length == 0 ? 0 : (long)Math.Ceiling(sorted[(int)Math.Ceiling(0.99 * sorted.Length) - 1]),
            Max = sorted.Length == 0 ? 0 : (long)Math.Ceiling(sorted[^1]),
            StaticWorst = worst.Instructions,
            Weight = weight,
            MaxWeight = sorted.Length == 0 ? 0 : steps.Max(step => step.Weight) / Thousandths,
            StaticWorstWeight = worst.Weight / Thousandths,
            ByStage = stageName is null ? [] : [.. ByStage(stageName)],
            ByKernel = [.. ByMethod(weight)],
        };
    }

    private IEnumerable<PartCost> ByStage(Func<int, string> stageName) =>
        from step in steps
        group step by step.Stage into stage
        orderby stage.Key
        select new PartCost(
            stageName(stage.Key),
            (double)stage.Count() / steps.Count,
            stage.Average(step => step.Instructions),
            stage.Average(step => step.Weight) / Thousandths);

    private IEnumerable<PartCost> ByMethod(double weight) =>
        from part in executions.Select((count, i) => (Block: code.Blocks[i], Count: count))
        group part by part.Block.Method into method
        let ofMethod = method.Sum(part => part.Count * part.Block.Weight) / Thousandths / Math.Max(1, steps.Count)
        where ofMethod > 0
        orderby ofMethod descending, method.Key
        select new PartCost(
            method.Key,
            ofMethod / weight,
            (double)method.Sum(part => part.Count * part.Block.Instructions) / Math.Max(1, steps.Count),
            ofMethod);
}

/// <summary>How many splits a window meets at most.</summary>
internal static class TreeDepth
{
    /// <summary>Splits of the gate on the way to a stage plus those of the stage's deepest tree, for the deepest way there is.</summary>
    public static int Of(FixedPointModel model) => OfGate(model, 0);

    private static int OfGate(FixedPointModel model, int node) => model.Gate[node] is { Stage: >= 0 } leaf
        ? OfStage(model.Stages[leaf.Stage])
        : 1 + Math.Max(OfGate(model, model.Gate[node].Left), OfGate(model, model.Gate[node].Right));

    private static int OfStage(Stage stage) => stage.ScoreTrees.Select(tree => OfTree(tree, 0)).DefaultIfEmpty(0).Max();

    private static int OfTree(ScoreTree tree, int node) =>
        tree.Nodes[node].Feature < 0 ? 0 : 1 + Math.Max(OfTree(tree, tree.Nodes[node].Left), OfTree(tree, tree.Nodes[node].Right));
}

/// <summary>Sizes read from compiled device code.</summary>
internal sealed record ModelCode(int IlBytes, int ModelIlBytes)
{
    private const string ModelNamespace = "HarEdge.Core.Generated";

    /// <summary>Reads an assembly that holds Core and a generated model.</summary>
    public static ModelCode Read(byte[] image)
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(image));
        List<MethodDefinition> all = [.. module.GetAllTypes().SelectMany(type => type.Methods).Where(method => method.HasBody)];
        return new ModelCode(
            all.Sum(method => method.Body.CodeSize),
            all.Where(method => method.DeclaringType.Namespace == ModelNamespace).Sum(method => method.Body.CodeSize));
    }
}
