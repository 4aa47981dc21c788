using System.Globalization;
using System.Text.RegularExpressions;

namespace HarEdge.Trainer.Flashing;

/// <summary>
/// What nanoff --devicedetails prints about a chip. Read from nanoff's public source (nanoframework/nanoFirmwareFlasher, Esp32Manager.cs and Esp32DeviceInfo.ToString,
/// July 2026): after the line "Connected to:" come "TYPE (NAME)", "Features …", "Flash size …", "PSRAM: 2MB | not available | undetermined", "Crystal 40MHz", "MAC …".
/// </summary>
/// <param name="Type">Family: "ESP32", "ESP32-S3".</param>
/// <param name="Name">Package and revision: "ESP32-D0WD-V3 (revision v3.1)"; empty when it is not known.</param>
/// <param name="PsramMb">Megabytes of PSRAM; 0 for none, null when it is not known.</param>
/// <param name="CrystalMhz">Frequency of its crystal; null when it is not known.</param>
internal sealed partial record ChipDetails(string Type, string Name = "", int? PsramMb = null, int? CrystalMhz = null)
{
    /// <summary>Reads nanoff's lines; null when no chip is told.</summary>
    public static ChipDetails? Parse(IEnumerable<string> lines)
    {
        var told = lines.SkipWhile(line => !line.StartsWith("Connected to:", StringComparison.Ordinal)).Skip(1).Select(line => line.Trim()).ToList();
        if (told.Count == 0 || Chip().Match(told[0]) is not { Success: true } chip)
        {
            return null;
        }

        return new ChipDetails(
            chip.Groups["type"].Value,
            chip.Groups["name"].Value,
            told.Contains("PSRAM: not available") ? 0 : Number(told, "PSRAM: ", "MB"),
            Number(told, "Crystal ", "MHz"));
    }

    /// <inheritdoc/>
    public override string ToString() => Name.Length > 0 ? Name : Type;

    private static int? Number(List<string> told, string before, string after) =>
        told.FirstOrDefault(line => line.StartsWith(before, StringComparison.Ordinal) && line.EndsWith(after, StringComparison.Ordinal)) is { } line
        && int.TryParse(line[before.Length..^after.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^(?<type>ESP[\w-]+)( \((?<name>.*)\))?$")]
    private static partial Regex Chip();
}
