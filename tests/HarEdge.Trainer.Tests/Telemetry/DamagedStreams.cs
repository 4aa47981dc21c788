using System.Text;

namespace HarEdge.Trainer.Tests.Telemetry;

/// <summary>Streams of the firmware's lines, as text or in frames, with bytes changed, doubled, removed and cut.</summary>
internal static class DamagedStreams
{
    /// <summary>Lines that follow each other, undamaged.</summary>
    /// <param name="originals">Each line as it comes on a wire.</param>
    /// <param name="lines">How many.</param>
    /// <param name="random">Chooses which, and whether in frames.</param>
    public static List<byte> Of(byte[][] originals, int lines, Random random)
    {
        var start = random.Next(originals.Length - lines);
        var isFramed = random.Next(2) == 0;
        return [.. originals.Skip(start).Take(lines).SelectMany(line => isFramed ? DeviceLines.Frame(line) : line)];
    }

    /// <summary>Up to five damages.</summary>
    public static List<byte> Damage(List<byte> stream, Random random)
    {
        for (var edits = random.Next(6); edits > 0; edits--)
        {
            var at = random.Next(stream.Count - 100);
            switch (random.Next(5))
            {
                case 0:
                    stream[at] = (byte)random.Next(256);
                    break;
                case 1:
                    stream.InsertRange(at, stream.GetRange(at, random.Next(1, 60)));
                    break;
                case 2:
                    stream.RemoveRange(at, random.Next(1, 60));
                    break;
                case 3:
                    stream.InsertRange(at, "NFPKTV1\0"u8[..random.Next(1, 9)].ToArray());
                    break;
                default:
                    stream.InsertRange(at, Encoding.ASCII.GetBytes("$H" + (char)random.Next('A', 'Z') + ','));
                    break;
            }
        }

        return stream;
    }
}
