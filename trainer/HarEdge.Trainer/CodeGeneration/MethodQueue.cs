namespace HarEdge.Trainer.CodeGeneration;

/// <summary>Private methods that code already written calls; their bodies follow once the present method is complete.</summary>
internal sealed class MethodQueue
{
    private readonly Queue<(string Signature, Action<CodeWriter> Body)> waiting = new();

    public void Add(string signature, Action<CodeWriter> body) => waiting.Enqueue((signature, body));

    /// <summary>Writes all methods, also those that bodies add on the way.</summary>
    public void WriteAll(CodeWriter writer)
    {
        while (waiting.TryDequeue(out var method))
        {
            writer.Line("");
            writer.Block(method.Signature, () => method.Body(writer));
        }
    }
}
