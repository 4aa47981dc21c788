using System.Globalization;
using HarEdge.Trainer.Reports;

namespace HarEdge.Trainer.Tables;

/// <summary>What was understood of a table, for people and for metrics.json: nothing is left out, joined or mended without standing here.</summary>
internal sealed class TableAccount
{
    private const int MostNamed = 8;

    private readonly List<TableFact> facts = [];
    private readonly List<LeftOutColumn> leftOut = [];
    private readonly List<string> warnings = [];

    /// <summary>What was understood, in the order it was found.</summary>
    public IReadOnlyList<TableFact> Facts => facts;

    /// <summary>Columns that are no features, and why.</summary>
    public IReadOnlyList<LeftOutColumn> LeftOut => leftOut;

    /// <summary>What the user should know before believing a figure.</summary>
    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>Adds a fact.</summary>
    public void Add(string what, string value) => facts.Add(new TableFact(what, value));

    /// <summary>Adds a column that is no feature.</summary>
    public void LeaveOut(string column, string reason) => leftOut.Add(new LeftOutColumn(column, reason));

    /// <summary>Adds a warning once.</summary>
    public void Warn(string warning)
    {
        if (!warnings.Contains(warning))
        {
            warnings.Add(warning);
        }
    }

    /// <summary>Takes over what another account says, such as that of the test file.</summary>
    public void Append(TableAccount other, string prefix)
    {
        facts.AddRange(other.facts.Select(fact => fact with { What = prefix + fact.What }));
        foreach (var warning in other.warnings)
        {
            Warn(warning);
        }
    }

    /// <summary>The account as tables.</summary>
    public IEnumerable<ReportTable> Tables(string name)
    {
        yield return new ReportTable($"What was understood of {name}", ["what", "understood"], [.. facts.Select(fact => (string[])[fact.What, fact.Value])]);
        if (leftOut.Count > 0)
        {
            // Columns left out for one reason stand together: a thousand empty ones are one line.
            yield return new ReportTable(
                "Columns that are no features",
                ["why", "columns"],
                [.. leftOut.GroupBy(column => column.Reason).Select(group => (string[])[group.Key, Names([.. group.Select(column => Shown(column.Column))], MostNamed)])]);
        }
    }

    /// <summary>Names in a row, at most so many, then how many more.</summary>
    internal static string Names(IReadOnlyList<string> names, int most = MostNamed) => names.Count <= most
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(most))} and {names.Count - most} more";

    /// <summary>A whole number with thousands apart.</summary>
    internal static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A column's name, or words for one without.</summary>
    internal static string Shown(string column) => column.Length == 0 ? "(no name)" : column;
}

/// <summary>One thing that was understood.</summary>
internal sealed record TableFact(string What, string Value);

/// <summary>A column that is no feature.</summary>
internal sealed record LeftOutColumn(string Column, string Reason);
