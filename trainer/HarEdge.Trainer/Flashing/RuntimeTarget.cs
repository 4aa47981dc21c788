using System.Globalization;
using System.Text.RegularExpressions;

namespace HarEdge.Trainer.Flashing;

/// <summary>A build of nanoFramework's runtime, for nanoff's --target.</summary>
/// <param name="Name">As nanoff lists it.</param>
/// <param name="Why">Why it was chosen: the end of "NAME: …", without a full stop.</param>
internal sealed record RuntimeTarget(string Name, string Why)
{
    private const int Misused = 2;
    private const string ListedBy = "nanoff --listtargets --platform esp32";

    // Names that ended in June 2026 (nanoff pull requests 348 and 349).
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ESP32_S3_ALL"] = "ESP32_S3_OCTAL (or ESP32_S3_QUAD for a chip with 2 MB of PSRAM)",
        ["ESP32_S3"] = "ESP32_S3_OCTAL (or ESP32_S3_QUAD for a chip with 2 MB of PSRAM)",
        ["ESP32_C3_REV3"] = "ESP32_C3",
    };

    /// <summary>
    /// Reads what nanoff --listtargets prints (Program.DisplayBoardDetails): after "Available targets:" each name behind two spaces, and behind four its newest versions. It lists what was
    /// uploaded within the last month, so an empty list says nothing; then null is returned.
    /// </summary>
    public static IReadOnlySet<string>? ParseList(IEnumerable<string> lines)
    {
        var names = lines.SkipWhile(line => !line.StartsWith("Available targets:", StringComparison.Ordinal)).Skip(1)
            .Where(line => line.Length > 2 && line.StartsWith("  ", StringComparison.Ordinal) && line[2] != ' ').Select(line => line.Trim()).ToHashSet();
        return names.Count > 0 ? names : null;
    }

    /// <summary>The runtime with this name.</summary>
    /// <param name="name">Named by the user.</param>
    /// <param name="listed">What nanoff lists; null when it is not known.</param>
    /// <exception cref="InputException">There is no such runtime (exit code 2).</exception>
    public static RuntimeTarget Named(string name, IReadOnlySet<string>? listed)
    {
        if (listed is null ? !Renamed.ContainsKey(name) : listed.Contains(name))
        {
            return new RuntimeTarget(name, "named with --target");
        }

        var meant = Renamed.TryGetValue(name, out var now) ? $"Did you mean {now}? " : NearestName.Question(name, listed ?? Enumerable.Empty<string>());
        throw new InputException($"nanoff has no runtime {name}.", $"{meant}Leave --target out and the chip is asked, or take a name of: {ListedBy}.", Misused);
    }

    /// <summary>The runtime for a chip, by the rules with which nanoff itself chooses (Esp32Operations.UpdateFirmwareAsync).</summary>
    /// <param name="chip">A chip the firmware has a board for.</param>
    /// <param name="listed">What nanoff lists; null when it is not known.</param>
    /// <exception cref="InputException">nanoff lists no runtime for it (exit code 1).</exception>
    public static RuntimeTarget For(ChipDetails chip, IReadOnlySet<string>? listed)
    {
        var wanted = Candidates(chip).ToList();
        var index = listed is null ? 0 : wanted.FindIndex(candidate => listed.Contains(candidate.Name));
        if (index < 0)
        {
            var names = string.Join(", ", wanted.Select(candidate => candidate.Name));
            throw new InputException(
                $"nanoff lists none of the runtimes for {Article(chip.Type)}: {names}.",
                $"{NearestName.Question(wanted[0].Name, listed!)}Name one of {ListedBy} with --target.");
        }

        return index == 0 ? wanted[0] : wanted[index] with { Why = $"{wanted[index].Why} ({wanted[0].Name} is not listed any more)" };
    }

    // The best first; each later one runs on the chip, too.
    private static IEnumerable<RuntimeTarget> Candidates(ChipDetails chip) => chip.Type switch
    {
        "ESP32-S3" => S3(chip),
        "ESP32-C3" => C3(chip),
        _ => Classic(chip),
    };

    private static IEnumerable<RuntimeTarget> S3(ChipDetails chip)
    {
        yield return chip.PsramMb == 2
            ? new RuntimeTarget("ESP32_S3_QUAD", $"{Article(chip.ToString())} with 2 MB of PSRAM, which is read four bits wide")
            : new RuntimeTarget(
                "ESP32_S3_OCTAL",
                $"{Article(chip.ToString())} with {(chip.PsramMb > 0 ? $"{chip.PsramMb} MB of" : "unknown")} PSRAM; if the runtime does not find the PSRAM, flash again with --target ESP32_S3_QUAD");
    }

    private static IEnumerable<RuntimeTarget> C3(ChipDetails chip)
    {
        if (chip.Name.Contains("revision v0.2", StringComparison.Ordinal))
        {
            yield return new RuntimeTarget("ESP32_C3_BETA", $"{Article(chip.ToString())}, older than revision 0.3");
        }

        yield return new RuntimeTarget("ESP32_C3", Article(chip.ToString()));
    }

    private static IEnumerable<RuntimeTarget> Classic(ChipDetails chip)
    {
        const string AnyRevision = "it runs on every revision, with PSRAM or without";
        var isNew = chip.Name.Length == 0 || chip.Name.Contains("revision v3", StringComparison.Ordinal);
        var revision = chip.Name.Length == 0 ? "taken for revision 3, which most are" : isNew ? "revision 3" : "older than revision 3";
        var why = chip.Name.Length == 0 ? $"a classic ESP32, {revision}" : $"{Article(chip.ToString())}, {revision}";
        var suffix = isNew ? "_REV3" : "_REV0";
        if (chip.Name.Contains("PICO", StringComparison.Ordinal))
        {
            yield return new RuntimeTarget("ESP32_PICO", $"{Article(chip.ToString())}, which has its flash inside");
        }
        else if (chip.CrystalMhz == 26)
        {
            yield return new RuntimeTarget("ESP32_PSRAM_XTAL26_REV0", $"{Article(chip.ToString())} with a crystal of 26 MHz");
            yield break;
        }

        if (chip.PsramMb > 0)
        {
            yield return new RuntimeTarget("ESP32_PSRAM" + suffix, $"{why}, with PSRAM");
        }

        yield return new RuntimeTarget("ESP32" + suffix, why);
        yield return new RuntimeTarget("ESP32_PSRAM_REV0", $"{why}; {AnyRevision}");
    }

    private static string Article(string chip) => "an " + chip;
}

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
