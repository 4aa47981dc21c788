using System.Buffers.Binary;
using System.Reflection;
using System.Runtime.Loader;
using HarEdge.Core;
using HarEdge.Trainer.CodeGeneration;

namespace HarEdge.Trainer.Cost;

/// <summary>
/// Device code loaded apart from the running program, with its basic blocks counted. It has types of its own: the same names as
/// Core's, reached by reflection. Not for use by two threads at once.
/// </summary>
internal sealed class CountedAssembly : IDisposable
{
    private readonly AssemblyLoadContext context = new("counted device code", isCollectible: true);
    private readonly long[] executions;

    /// <summary>Instruments and loads the image of an assembly.</summary>
    /// <param name="image">As compiled.</param>
    /// <param name="weights">Of its instructions; null for the default.</param>
    public CountedAssembly(byte[] image, InstructionWeights? weights = null)
    {
        Weights = weights ?? InstructionWeights.Default;
        (var counted, var blocks) = BlockInstrumenter.Rewrite(image, Weights);
        Image = image;
        Blocks = blocks;
        executions = new long[blocks.Count];
        Assembly = context.LoadFromStream(new MemoryStream(counted));
        Assembly.GetType(BlockInstrumenter.CountersType)!.GetField(BlockInstrumenter.CountersField)!.SetValue(null, executions);
    }

    /// <summary>The assembly as compiled, without counters.</summary>
    public byte[] Image { get; }

    /// <summary>Weights of its instructions.</summary>
    public InstructionWeights Weights { get; }

    /// <summary>The loaded assembly.</summary>
    public Assembly Assembly { get; }

    /// <summary>Its basic blocks.</summary>
    public IReadOnlyList<Block> Blocks { get; }

    /// <summary>How often each block ran since <see cref="Reset"/>; the live counters.</summary>
    public ReadOnlySpan<long> Executions => executions;

    /// <summary>Sets every count to 0.</summary>
    public void Reset() => Array.Clear(executions);

    /// <summary>Instructions executed since <see cref="Reset"/>.</summary>
    public long Instructions() => Sum(block => block.Instructions);

    /// <summary>Their weight, in thousandths.</summary>
    public long Weight() => Sum(block => block.Weight);

    /// <summary>A public type of HarEdge.Core by its name there, for example "SampleWindow".</summary>
    public Type CoreType(string name) => Assembly.GetType("HarEdge.Core." + name, throwOnError: true)!;

    /// <inheritdoc/>
    public void Dispose() => context.Unload();

    private long Sum(Func<Block, long> ofBlock)
    {
        long total = 0;
        for (var i = 0; i < executions.Length; i++)
        {
            total += executions[i] == 0 ? 0 : executions[i] * ofBlock(Blocks[i]);
        }

        return total;
    }
}

/// <summary>A pipeline with a generated model, inside counted code.</summary>
internal sealed class CountedPipeline
{
    private readonly Func<byte[], int, int, bool> stepBurst;
    private byte[] burst = [];
    private readonly Action restart;
    private readonly FieldInfo stage;

    /// <param name="code">Counted code that holds Core and the generated model.</param>
    public CountedPipeline(CountedAssembly code)
    {
        var model = Activator.CreateInstance(code.Assembly.GetType(CSharpGenerator.TypeName, throwOnError: true)!)!;
        var type = code.CoreType("Pipeline");
        Instance = Activator.CreateInstance(type, model)!;
        stepBurst = type.GetMethod("StepBurst")!.CreateDelegate<Func<byte[], int, int, bool>>(Instance);
        restart = type.GetMethod("Restart")!.CreateDelegate<Action>(Instance);

        // Read past the property: its getter would be counted as the device's work.
        stage = type.GetField("stage", BindingFlags.Instance | BindingFlags.NonPublic)!;
    }

    /// <summary>The pipeline, of the counted code's own type.</summary>
    public object Instance { get; }

    /// <summary>Stage of the last decision.</summary>
    public int Stage => (int)stage.GetValue(Instance)!;

    /// <summary>Samples of six counts as a burst of the FIFO, decoded as on the device; true when they brought a decision.</summary>
    /// <param name="channels">Six channels.</param>
    /// <param name="first">Of the samples.</param>
    /// <param name="count">How many; none after the one that brings a decision.</param>
    public bool Step(short[][] channels, int first, int count = 1)
    {
        if (burst.Length < count * Pipeline.BytesPerSample)
        {
            burst = new byte[count * Pipeline.BytesPerSample];
        }

        for (var at = 0; at < count * channels.Length; at++)
        {
            BinaryPrimitives.WriteInt16BigEndian(burst.AsSpan(2 * at), channels[at % channels.Length][first + at / channels.Length]);
        }

        return stepBurst(burst, 0, count);
    }

    /// <summary>Starts over after a gap.</summary>
    public void Restart() => restart();
}
