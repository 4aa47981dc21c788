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

/// <summary>
/// Chooses among bodies by a small number: the most frequent one becomes the default, a single one needs no switch. A switch is
/// one IL instruction, whatever its number of cases. Equal bodies are written again for each value: cases that share one make
/// the compiler test a range by an unsigned comparison, which firmware does without.
/// </summary>
internal static class SwitchCode
{
    /// <summary>Writes bodies that all end in a return.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="selector">Expression with values 0 to bodies − 1.</param>
    /// <param name="bodies">Lines of each value's body.</param>
    public static void Write(CodeWriter writer, string selector, IReadOnlyList<string[]> bodies)
    {
        var groups = bodies.Select((body, value) => (body, value))
            .GroupBy(item => string.Join('\n', item.body))
            .OrderBy(group => group.Count())
            .ThenBy(group => group.First().value)
            .ToList();
        var others = groups.SkipLast(1).OrderBy(group => group.First().value).ToList();
        var rest = groups[^1].First().body;
        if (others.Count == 1 && others[0].Count() == 1)
        {
            writer.Block($"if ({selector} == {others[0].First().value})", () => writer.Lines(others[0].First().body));
            writer.Line("");
        }
        else if (others.Count > 0)
        {
            writer.Block($"switch ({selector})", () => others.ForEach(group => WriteCases(writer, group.Select(item => item.value), group.First().body)));
            writer.Line("");
        }

        writer.Lines(rest);
    }

    private static void WriteCases(CodeWriter writer, IEnumerable<int> values, string[] body)
    {
        foreach (var value in values)
        {
            writer.Line($"case {value}:");
            writer.Lines(body.Select(line => line.Length == 0 ? line : "    " + line));
        }
    }
}
