using System.Runtime.Loader;
using HarEdge.Core;

namespace HarEdge.Trainer.CodeGeneration;

/// <summary>A generated model compiled and loaded. Disposing lets the runtime unload it once nothing refers to it any more.</summary>
internal sealed class CompiledModel : IDisposable
{
    private readonly AssemblyLoadContext context;

    internal CompiledModel(AssemblyLoadContext context, Classifier classifier, KnownAnswerSet? knownAnswers, byte[] image)
    {
        this.context = context;
        Classifier = classifier;
        KnownAnswers = knownAnswers;
        Image = image;
    }

    /// <summary>The model, ready for a pipeline.</summary>
    public Classifier Classifier { get; }

    /// <summary>Its known answers; null when only the model was compiled.</summary>
    public KnownAnswerSet? KnownAnswers { get; }

    /// <summary>The assembly's bytes, for counting IL.</summary>
    public byte[] Image { get; }

    /// <inheritdoc/>
    public void Dispose() => context.Unload();
}
