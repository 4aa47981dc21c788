using HarEdge.Core;

namespace HarEdge.Cli.Tests.Web;

/// <summary>Lines with a right CRC and fields no firmware would send.</summary>
internal static class ForgedLines
{
    /// <summary>Decisions for a class of any name, each a line with its end.</summary>
    public static IEnumerable<string> Decisions(string name, int count)
    {
        var line = new TelemetryLine();
        for (var i = 0; i < count; i++)
        {
            line.Begin('D');
            foreach (var value in new[] { 128 + (64 * i), 0, 0, 97, 500, 0 })
            {
                line.Add(value);
            }

            line.AddHex16(0);
            line.AddHex16(0);
            line.Add(name);
            line.End();
            yield return new string(line.Buffer, 0, line.Length) + "\r\n";
        }
    }
}
