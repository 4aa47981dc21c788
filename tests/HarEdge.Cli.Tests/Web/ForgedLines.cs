using HarEdge.Core;

namespace HarEdge.Cli.Tests.Web;

/// <summary>Lines with a right CRC and any fields, also such as no firmware would send.</summary>
internal static class ForgedLines
{
    /// <summary>Decisions for a class of any name, each a line with its end.</summary>
    public static IEnumerable<string> Decisions(string name, int count) =>
        Enumerable.Range(0, count).Select(i => Decision(128 + (64 * i), 0, 0, 97, name, i));

    /// <summary>A decision with its end.</summary>
    /// <param name="sample">Number of the window's last sample.</param>
    /// <param name="decision">Class, −1 for unknown.</param>
    /// <param name="windowClass">Best class of the window alone.</param>
    /// <param name="confidence">Percent.</param>
    /// <param name="name">Of the decision.</param>
    /// <param name="sequence">Of the line.</param>
    public static string Decision(int sample, int decision, int windowClass, int confidence, string name, long sequence) =>
        Line('D', sequence, line =>
        {
            foreach (var value in new[] { sample, decision, windowClass, confidence, 500, 0 })
            {
                line.Add(value);
            }

            line.AddHex16(0);
            line.AddHex16(0);
            line.Add(name);
        });

    /// <summary>An event with its end.</summary>
    public static string Event(string code, int sample, int detail, long sequence) => Line('E', sequence, line =>
    {
        line.Add(code);
        line.Add(sample);
        line.Add(detail);
    });

    /// <summary>A banner and the names of its classes, with their ends.</summary>
    public static string Banner(IReadOnlyList<string> classes) =>
        Line('B', 0, line =>
        {
            line.Add(2);
            foreach (var text in new[] { "0.1.0", "000000000000", "ESP32-DevKit" })
            {
                line.Add(text);
            }

            foreach (var value in new[] { 128, 64, 50, 4, 500, classes.Count })
            {
                line.Add(value);
            }

            foreach (var text in new[] { "POWER", "ESP32_REV3", "1.0" })
            {
                line.Add(text);
            }
        })
        + string.Concat(classes.Select((name, number) => Line('N', 1 + number, line =>
        {
            line.Add(number);
            line.Add(name);
        })));

    /// <summary>A line whose fields were changed, with its CRC made right again.</summary>
    public static string Sealed(string line)
    {
        var body = line[1..line.LastIndexOf('*')];
        var crc = body.Aggregate(Crc16.Initial, (sum, character) => Crc16.AppendByte(sum, character));
        return $"${body}*{crc:X4}";
    }

    // The device's own framing counts its lines itself: as many are made as lead to the number.
    private static string Line(char type, long sequence, Action<TelemetryLine> fill)
    {
        var line = new TelemetryLine();
        for (var i = 0; i <= sequence; i++)
        {
            line.Begin(type);
            fill(line);
            line.End();
        }

        return new string(line.Buffer, 0, line.Length) + "\r\n";
    }
}
