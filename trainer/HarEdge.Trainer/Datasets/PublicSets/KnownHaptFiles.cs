

namespace HarEdge.Trainer.Datasets.PublicSets;

/// <summary>SHA-256 of the files in <c>RawData</c> of HAPT 2.1 as the UCI archive distributes them, from the embedded list.</summary>
internal static class KnownHaptFiles
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Known = new(Load);

    /// <summary>Hash by file name (without folder), in lower-case hex.</summary>
    public static IReadOnlyDictionary<string, string> Sha256ByFileName => Known.Value;

    /// <summary>What the given files are compared with HAPT's.</summary>
    public static HaptIdentity Compare(IEnumerable<SourceFile> files) => Compare(files, Sha256ByFileName);

    /// <summary>What the given files are compared with known ones.</summary>
    public static HaptIdentity Compare(IEnumerable<SourceFile> files, IReadOnlyDictionary<string, string> sha256ByFileName)
    {
        List<string> differing = [];
        var matching = 0;
        foreach (var file in files)
        {
            var name = file.Name[(file.Name.LastIndexOf('/') + 1)..];
            if (sha256ByFileName.TryGetValue(name, out var expected))
            {
                if (expected == file.Sha256)
                {
                    matching++;
                }
                else
                {
                    differing.Add(name);
                }
            }
        }

        return new HaptIdentity(matching, sha256ByFileName.Count, differing);
    }

    private static Dictionary<string, string> Load()
    {
        using var stream = typeof(KnownHaptFiles).Assembly.GetManifestResourceStream("HarEdge.Trainer.Datasets.PublicSets.hapt-2.1.sha256")!;
        using var reader = new StreamReader(stream);
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            known.Add(parts[1][(parts[1].LastIndexOf('/') + 1)..], parts[0]);
        }

        return known;
    }
}

/// <summary>How many of the known files of HAPT 2.1 are here unchanged, and which of them differ.</summary>
internal sealed record HaptIdentity(int Matching, int Known, IReadOnlyList<string> Differing)
{
    /// <summary>Every known file is here, byte for byte.</summary>
    public bool IsComplete => Matching == Known;

    /// <summary>At least one file is HAPT's own, so its split, name and authors apply.</summary>
    public bool IsHapt => Matching > 0;

    /// <summary>One sentence for the report, or null when nothing here is HAPT's.</summary>
    public string? Sentence()
    {
        if (IsComplete)
        {
            return $"All {Known} files match the known SHA-256 hashes of HAPT 2.1.";
        }

        if (Differing.Count > 0 && IsHapt)
        {
            var shown = string.Join(", ", Differing.Take(3)) + (Differing.Count > 3 ? ", …" : "");
            return $"{Matching} of the {Known} files of HAPT 2.1 match their known SHA-256 hashes; {Differing.Count} differ: {shown}.";
        }

        return IsHapt ? $"{Matching} of the {Known} files of HAPT 2.1 are here and match their known SHA-256 hashes; the others are missing." : null;
    }
}
