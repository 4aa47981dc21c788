using System.Diagnostics;
using HarEdge.Trainer.Learning.LightGbm;

namespace HarEdge.Trainer.Diagnosis;

/// <summary>What must be on the machine: the SDK, LightGBM's native parts, the nanoFramework tools.</summary>
internal static class MachineChecks
{
    private const int LeastSdk = 10;
    private const int LongestMs = 20_000;

    /// <summary>All of them.</summary>
    /// <param name="isFlashingNext">Whether a board waits for its firmware: then nothing goes on without nanoff, else it is worth knowing only.</param>
    /// <param name="pathVariable">Folders to search for tools; null for the usual ones.</param>
    public static IEnumerable<CheckResult> Run(bool isFlashingNext, string? pathVariable = null)
    {
        yield return Sdk(SdksOf(InstalledTool.Find("dotnet", pathVariable)));
        yield return LightGbm();
        yield return Tool(
            "nanoff",
            isFlashingNext ? CheckState.Bad : CheckState.Note,
            "nothing can be flashed without it; everything else works",
            isFlashingNext ? "dotnet tool install -g nanoff" : "dotnet tool install -g nanoff, when you want to flash a board",
            pathVariable);
        yield return Tool(
            "nanoclr", CheckState.Note, "only haredge verify-on-nanoclr uses it", "dotnet tool install -g nanoclr, when you want that check", pathVariable);
    }

    /// <summary>Judges the lines of <c>dotnet --list-sdks</c>; null when there is no dotnet.</summary>
    internal static CheckResult Sdk(IReadOnlyList<string>? sdks)
    {
        const string Why = "Building HarEdge and nanoff needs it.";
        const string Remedy = "Install the .NET 10 SDK from https://dotnet.microsoft.com/download.";
        if (sdks is null)
        {
            return new CheckResult(CheckState.Bad, ".NET SDK", "No dotnet was found on the path.", Why, Remedy);
        }

        var versions = sdks.Select(line => line.Split(' ')[0]).Where(version => version.Length > 0).ToList();
        return versions.Any(version => int.TryParse(version.Split('.')[0], out var major) && major >= LeastSdk)
            ? CheckResult.Good(".NET SDK", versions[^1])
            : new CheckResult(
                CheckState.Bad, ".NET SDK", versions.Count == 0 ? "dotnet is there, but no SDK." : $"The newest SDK is {versions[^1]}.", Why, Remedy);
    }

    private static List<string>? SdksOf(string? dotnet)
    {
        if (dotnet is null)
        {
            return null;
        }

        using var process = Process.Start(new ProcessStartInfo(dotnet, "--list-sdks") { RedirectStandardOutput = true, RedirectStandardError = true });
        var read = process?.StandardOutput.ReadToEndAsync();
        if (process is null || read is null || !process.WaitForExit(LongestMs))
        {
            process?.Kill();
            return [];
        }

        return [.. read.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }

    private static CheckResult LightGbm()
    {
        try
        {
            LightGbmLibrary.EnsureLoaded();
            return CheckResult.Good("LightGBM", "its native library and libgomp load");
        }
        catch (InputException e)
        {
            return new CheckResult(CheckState.Bad, "LightGBM", e.Message, "Training needs it; everything else works without.", e.Remedy);
        }
    }

    private static CheckResult Tool(string name, CheckState whenMissing, string why, string how, string? pathVariable) =>
        InstalledTool.Find(name, pathVariable) is { } path
            ? CheckResult.Good(name, path)
            : new CheckResult(whenMissing, name, $"{name} was not found on the path or among the global tools.", char.ToUpperInvariant(why[0]) + why[1..] + ".", $"Run: {how}.");
}
