namespace HarEdge.Trainer.Datasets.Hapt;

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
            string shown = string.Join(", ", Differing.Take(3)) + (Differing.Count > 3 ? ", …" : "");
            return $"{Matching} of the {Known} files of HAPT 2.1 match their known SHA-256 hashes; {Differing.Count} differ: {shown}.";
        }

        return IsHapt ? $"{Matching} of the {Known} files of HAPT 2.1 are here and match their known SHA-256 hashes; the others are missing." : null;
    }
}
