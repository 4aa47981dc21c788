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
    /// <summary>Reads nanoff's lines; null when no chip is named.</summary>
    public static ChipDetails? Parse(IEnumerable<string> lines)
    {
        var details = lines.SkipWhile(line => !line.StartsWith("Connected to:", StringComparison.Ordinal)).Skip(1).Select(line => line.Trim()).ToList();
        if (details.Count == 0 || Chip().Match(details[0]) is not { Success: true } chip)
        {
            return null;
        }

        return new ChipDetails(
            chip.Groups["type"].Value,
            chip.Groups["name"].Value,
            details.Contains("PSRAM: not available") ? 0 : Number(details, "PSRAM: ", "MB"),
            Number(details, "Crystal ", "MHz"));
    }

    /// <inheritdoc/>
    public override string ToString() => Name.Length > 0 ? Name : Type;

    private static int? Number(List<string> details, string before, string after) =>
        details.FirstOrDefault(line => line.StartsWith(before, StringComparison.Ordinal) && line.EndsWith(after, StringComparison.Ordinal)) is { } line
        && int.TryParse(line[before.Length..^after.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^(?<type>ESP[\w-]+)( \((?<name>.*)\))?$")]
    private static partial Regex Chip();
}

/// <summary>
/// The application as nanoff deploys it: the .pe files of the referenced assemblies, then the application's own, each padded to four bytes.
/// </summary>
internal static class AppImage
{
    /// <summary>Name of the application's assembly, and of its folder in firmware/.</summary>
    public const string Firmware = "HarEdge.Firmware";

    /// <summary>The same of the first program, which examines wiring and sensor.</summary>
    public const string BringUp = "HarEdge.BringUp";

    private const string CoreLibrary = "mscorlib";
    private const int Alignment = 4;

    // The first bytes of every .pe file of nanoFramework; a version digit follows.
    private static readonly byte[] Marker = "NFMRK"u8.ToArray();

    /// <summary>The image the project system made in a clone; null when it was not built.</summary>
    /// <param name="root">Folder of the clone.</param>
    /// <param name="application">Which.</param>
    public static string? FindBuilt(string root, string application) =>
        new[] { "Release", "Debug" }.Select(configuration => Path.Combine(root, "firmware", application, "bin", configuration, application + ".bin")).FirstOrDefault(File.Exists);

    /// <summary>Refuses a file that nanoff would flash and the runtime could not load.</summary>
    /// <exception cref="InputException">It is not there, or no image.</exception>
    public static void Verify(string file)
    {
        if (!File.Exists(file))
        {
            throw new InputException($"There is no application {file}.", "Build it (firmware/README.md), or check the path.");
        }

        using var stream = File.OpenRead(file);
        var start = new byte[Marker.Length];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.AsSpan().SequenceEqual(Marker))
        {
            throw new InputException(
                $"{file} is no application of nanoFramework: it does not begin with NFMRK.",
                $"Name the .bin that the build wrote beside the .pe files ({Firmware}.bin), not an image of the runtime or a file of the desktop; or make one with --pe.");
        }
    }

    /// <summary>Makes an image.</summary>
    /// <param name="folder">Holds the application's .pe and those it references, nothing else of that kind.</param>
    /// <param name="application">Which.</param>
    /// <exception cref="InputException">The application is not among them, or a file is none of nanoFramework's.</exception>
    public static byte[] FromFolder(string folder, string application)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.pe") : throw new InputException(
            $"'{folder}' is not a folder.", $"Give the folder with the .pe files of the build: firmware/{application}/bin/Release.");
        if (!files.Any(file => Name(file) == application) || !files.Any(file => Name(file) == CoreLibrary))
        {
            throw new InputException(
                $"'{folder}' has {files.Length} .pe files, but not both {application}.pe and {CoreLibrary}.pe.",
                "Build it first (firmware/README.md), and give the folder its build wrote to.");
        }

        using var image = new MemoryStream();
        foreach (var file in files.OrderBy(file => Rank(Name(file), application)).ThenBy(Name, StringComparer.Ordinal))
        {
            var bytes = File.ReadAllBytes(file);
            if (!bytes.AsSpan().StartsWith(Marker))
            {
                throw new InputException(
                    $"{Path.GetFileName(file)} is no assembly of nanoFramework: it does not begin with NFMRK.", "Build the firmware again, or leave the file out.");
            }

            image.Write(bytes);
            image.Write(new byte[(Alignment - (bytes.Length % Alignment)) % Alignment]);
        }

        return image.ToArray();
    }

    private static string Name(string file) => Path.GetFileNameWithoutExtension(file);

    // The core library first, the application last.
    private static int Rank(string name, string application) => name == CoreLibrary ? 0 : name == application ? 2 : 1;
}
