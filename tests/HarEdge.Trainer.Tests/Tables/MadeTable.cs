using System.Globalization;
using System.Text;
using HarEdge.Trainer.Tables;
using HarEdge.Trainer.Tables.Reading;

namespace HarEdge.Trainer.Tests.Tables;

/// <summary>A folder of one test's own with tables in it: people × classes × windows, each class with its own mean in every feature.</summary>
internal sealed class MadeTable : IDisposable
{
    public const int Features = 6;
    public static readonly string[] Classes = ["walk", "run", "sit"];

    public string Folder { get; } = Directory.CreateTempSubdirectory("haredge-table-").FullName;

    public string At(string name) => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Writes text and tells where.</summary>
    public string Write(string name, string text, Encoding? encoding = null)
    {
        File.WriteAllText(At(name), text, encoding ?? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return At(name);
    }

    /// <summary>Reads a file with the label "label" and the person "person".</summary>
    public FeatureTable Read(string name, Func<TableOptions, TableOptions>? with = null)
    {
        var options = new TableOptions { Paths = [At(name)], Labels = ["label"] };
        return TableReader.Read(with?.Invoke(options) ?? options);
    }

    /// <summary>Rows of people, classes and features, in this order of nesting.</summary>
    public static List<Row> Rows(int people = 4, int windows = 8, int seed = 1, double spread = 0.4, string[]? classes = null)
    {
        var random = new Random(seed);
        var names = classes ?? Classes;
        var means = names.Select(_ => Enumerable.Range(0, Features).Select(_ => random.NextDouble() * 4).ToArray()).ToArray();
        return
        [
            .. from person in Enumerable.Range(1, people)
               from c in Enumerable.Range(0, names.Length)
               from window in Enumerable.Range(0, windows)
               select new Row($"p{person}", names[c], [.. means[c].Select(mean => Math.Round(mean + (spread * (random.NextDouble() + random.NextDouble() - 1)), 4))]),
        ];
    }

    /// <summary>The rows as CSV.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="first">Names before the features.</param>
    /// <param name="cells">For each row the cells under them.</param>
    /// <param name="separator">Between columns.</param>
    /// <param name="hasLabel">Whether the label stands there.</param>
    public static string Csv(IReadOnlyList<Row> rows, string[]? first = null, Func<int, string[]>? cells = null, char separator = ',', bool hasLabel = true)
    {
        string Line(IEnumerable<string> parts) => string.Join(separator, parts) + "\n";
        var text = new StringBuilder(Line([.. first ?? [], .. Enumerable.Range(0, Features).Select(f => $"f{f}"), "person", .. hasLabel ? ["label"] : (string[])[]]));
        for (var row = 0; row < rows.Count; row++)
        {
            text.Append(Line([
                .. cells?.Invoke(row) ?? [], .. rows[row].Values.Select(value => value.ToString(CultureInfo.InvariantCulture)), rows[row].Person, .. hasLabel ? [rows[row].Label] : (string[])[],
            ]));
        }

        return text.ToString();
    }

    internal sealed record Row(string Person, string Label, double[] Values);
}
