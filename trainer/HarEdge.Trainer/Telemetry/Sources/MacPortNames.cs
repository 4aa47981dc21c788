using System.ComponentModel;
using System.Diagnostics;

namespace HarEdge.Trainer.Telemetry.Sources;

/// <summary>What the USB devices behind ports call themselves on macOS, from the I/O registry as <c>ioreg</c> prints it.</summary>
internal static class MacPortNames
{
    private const string Product = "\"USB Product Name\" = \"";
    private const string Port = "\"IOCalloutDevice\" = \"";
    private const int LongestMs = 3000;

    /// <summary>Names by port; empty when the registry cannot be asked.</summary>
    public static IReadOnlyDictionary<string, string> Find()
    {
        try
        {
            using var ioreg = Process.Start(new ProcessStartInfo("/usr/sbin/ioreg", "-r -c IOUSBHostDevice -l -w 0") { RedirectStandardOutput = true });
            var text = ioreg!.StandardOutput.ReadToEndAsync();
            if (!text.Wait(LongestMs))
            {
                ioreg.Kill();
                return new Dictionary<string, string>();
            }

            return Parse(text.Result);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or AggregateException)
        {
            return new Dictionary<string, string>();
        }
    }

    /// <summary>A device's properties come before its ports, and a hub's before those of what is plugged into it.</summary>
    internal static Dictionary<string, string> Parse(string text)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        string? product = null;
        foreach (var line in text.Split('\n'))
        {
            product = Quoted(line, Product) ?? product;
            if (product is not null && Quoted(line, Port) is { } port)
            {
                names[port] = product;
            }
        }

        return names;
    }

    private static string? Quoted(string line, string key)
    {
        var start = line.IndexOf(key, StringComparison.Ordinal) + key.Length;
        var end = start < key.Length ? -1 : line.IndexOf('"', start);
        return end < 0 ? null : line[start..end].Trim();
    }
}
