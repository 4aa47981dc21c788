using System.Text;

namespace HarEdge.Trainer.CodeGeneration;

/// <summary>Lines of C#, indented by blocks; always LF.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder text = new();
    private int depth;

    public void Line(string line)
    {
        if (line.Length > 0)
        {
            text.Append(' ', 4 * depth).Append(line);
        }

        text.Append('\n');
    }

    public void Lines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Line(line);
        }
    }

    /// <summary>Lines of one text.</summary>
    public void Text(string lines) => Lines(lines.ReplaceLineEndings("\n").Split('\n'));

    /// <summary>A header line, then whatever the body writes, in braces.</summary>
    public void Block(string header, Action body)
    {
        Line(header);
        Line("{");
        depth++;
        body();
        depth--;
        Line("}");
    }

    /// <summary>What a body writes, as lines to be written elsewhere.</summary>
    public static string[] Capture(Action<CodeWriter> body)
    {
        var writer = new CodeWriter();
        body(writer);
        return writer.ToString().TrimEnd('\n').Split('\n');
    }

    public override string ToString() => text.ToString();
}

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
