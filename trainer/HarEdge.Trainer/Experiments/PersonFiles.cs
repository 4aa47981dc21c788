using System.Text.Json;

namespace HarEdge.Trainer.Experiments;

/// <summary>The run files of leave-one-person-out: one a person, written whole, used again only for the same command and data.</summary>
/// <param name="folder">Where they are.</param>
/// <param name="command">The command they must be of.</param>
/// <param name="dataSha256">The data they must be of.</param>
internal sealed class PersonFiles(string folder, string command, IReadOnlyList<string> dataSha256)
{
    /// <summary>A person's result, or null when there is none yet.</summary>
    /// <exception cref="InputException">The file is not of this run.</exception>
    public HeldOutPerson? Find(string person)
    {
        var path = Path.Combine(folder, NameOf(person));
        if (!File.Exists(path))
        {
            return null;
        }

        HeldOutPerson found;
        try
        {
            found = ReportJson.Parse<HeldOutPerson>(File.ReadAllText(path));
        }
        catch (JsonException e)
        {
            throw new InputException($"'{path}' is no run file: {e.Message}", "Delete it, or give another folder with --out.", inner: e);
        }

        return found.Command == command && found.DataSha256.SequenceEqual(dataSha256)
            ? found
            : throw new InputException(
                $"'{path}' is of other data or of another command: {found.Command}.", "Give another folder with --out, or delete the old one.", 2);
    }

    /// <summary>Writes a person's result.</summary>
    public void Write(HeldOutPerson result) =>
        WholeFiles.Write(folder, new Dictionary<string, string> { [NameOf(result.Person)] = ReportJson.Format(result) });

    private static string NameOf(string person) => string.Concat(person.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')) + ".json";
}
