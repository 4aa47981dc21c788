using System.Reflection;
using HarEdge.Trainer.CodeGeneration;

namespace HarEdge.Trainer.Cost;

/// <summary>A pipeline with a generated model, inside counted code.</summary>
internal sealed class CountedPipeline
{
    private readonly Func<short, short, short, short, short, short, bool> step;
    private readonly Action restart;
    private readonly FieldInfo stage;

    /// <param name="code">Counted code that holds Core and the generated model.</param>
    public CountedPipeline(CountedAssembly code)
    {
        object model = Activator.CreateInstance(code.Assembly.GetType(CSharpGenerator.TypeName, throwOnError: true)!)!;
        Type type = code.CoreType("Pipeline");
        Instance = Activator.CreateInstance(type, model)!;
        step = type.GetMethod("Step")!.CreateDelegate<Func<short, short, short, short, short, short, bool>>(Instance);
        restart = type.GetMethod("Restart")!.CreateDelegate<Action>(Instance);

        // Read past the property: its getter would be counted as the device's work.
        stage = type.GetField("<Stage>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic)!;
    }

    /// <summary>The pipeline, of the counted code's own type.</summary>
    public object Instance { get; }

    /// <summary>Stage of the last decision.</summary>
    public int Stage => (int)stage.GetValue(Instance)!;

    /// <summary>One sample of six counts; true when it brought a decision.</summary>
    public bool Step(short[][] channels, int at) =>
        step(channels[0][at], channels[1][at], channels[2][at], channels[3][at], channels[4][at], channels[5][at]);

    /// <summary>Starts over after a gap.</summary>
    public void Restart() => restart();
}
