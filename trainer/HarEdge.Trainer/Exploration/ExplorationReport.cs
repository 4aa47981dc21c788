using System.Globalization;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.Tables;
using HarEdge.Trainer.Learning.Learners;

namespace HarEdge.Trainer.Exploration;

/// <summary>What <c>haredge explore</c> found in data: for people as a page, for programs as JSON. Shares are 0..1.</summary>
internal sealed record ExplorationReport
{
    // More rows tell nothing more of means, correlations and directions.
    private const int MostGeometry = 4000;
    private const int MostCrossFit = 8000;
    private const int MostMap = 1500;
    private const int CrossFitTrees = 80;
    private const int Folds = 4;
    private const int LeastListed = 40;
    private const int MostListed = 200;
    private const double ListedShare = 0.06;
    private const int MostDistributions = 8;

    /// <summary>As in metrics.json.</summary>
    public int FormatVersion { get; init; } = Reports.TrainingMetrics.CurrentFormat;

    /// <summary>Version of HarEdge.</summary>
    public string ToolVersion { get; init; } = Reports.Page.ToolVersion.Number;

    /// <summary>The data.</summary>
    public required string Dataset { get; init; }

    /// <summary>Whether any of it was generated.</summary>
    public bool Synthetic { get; init; }

    /// <summary>Seed of every random choice.</summary>
    public required int Seed { get; init; }

    /// <summary>Rows with a label.</summary>
    public required int Rows { get; init; }

    /// <summary>Features.</summary>
    public required int Features { get; init; }

    /// <summary>Class names.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Rows of each class by person; one person named "all" where people are not known.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<int>> RowsOfPeople { get; init; }

    /// <summary>What was understood of a table; empty for recordings.</summary>
    public IReadOnlyList<TableFact> Understood { get; init; } = [];

    /// <summary>Columns that are no features.</summary>
    public IReadOnlyList<LeftOutColumn> LeftOut { get; init; } = [];

    /// <summary>What to know before believing a figure.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Features with missing values, the emptiest first.</summary>
    public required IReadOnlyList<MissingValues> Missing { get; init; }

    /// <summary>How cross-fitting divided the rows.</summary>
    public required string Divided { get; init; }

    /// <summary>A forest on rows that it did not learn from.</summary>
    public required Reports.ScoreMetrics CrossFitted { get; init; }

    /// <summary>Its confusion: rows labels, columns predictions.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Confusion { get; init; }

    /// <summary>Its accuracy by person.</summary>
    public required IReadOnlyDictionary<string, double> AccuracyOfPeople { get; init; }

    /// <summary>Rows whose label it contradicts, the surest first: 6 % of all, at least 40 and at most 200.</summary>
    public required IReadOnlyList<SuspiciousLabel> Suspicious { get; init; }

    /// <summary>All of them.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<SuspiciousLabel> Contradicted { get; init; } = [];

    /// <summary>How many it contradicts confidently, in all.</summary>
    public required int SuspiciousCount { get; init; }

    /// <summary>Features that say the same, by their first, with how well it separates classes and how much of it is the person.</summary>
    public required IReadOnlyList<FeatureGroup> Groups { get; init; }

    /// <summary>What parts classes that are taken for each other, and static from dynamic ones.</summary>
    public required IReadOnlyList<Contrast> Contrasts { get; init; }

    /// <summary>Quartiles of the most separating features by class.</summary>
    public required IReadOnlyList<Distribution> Distributions { get; init; }

    /// <summary>Rows on two directions.</summary>
    public required FeatureMap Map { get; init; }

    /// <summary>How well rows to learn from and rows of the test can be distinguished; null without a test.</summary>
    public required DriftFinding? TestDrift { get; init; }

    /// <summary>Importance with its certainty.</summary>
    public required ImportanceStudy Importance { get; init; }

    /// <summary>Explores.</summary>
    /// <param name="name">The data's name.</param>
    /// <param name="table">At least two classes with labels.</param>
    /// <param name="seed">Seed of every random choice.</param>
    /// <param name="progress">Receives what is done.</param>
    /// <param name="cancellation">Checked between steps.</param>
    /// <exception cref="InputException">There is nothing to distinguish.</exception>
    public static ExplorationReport Of(string name, FeatureTable table, int seed, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        int[] labelled = [.. Enumerable.Range(0, table.Rows).Where(row => table.Labels[row] >= 0)];
        if (table.Columns.Count == 0 || labelled.Select(row => table.Labels[row]).Distinct().Count() < 2)
        {
            throw new InputException("Fewer than two classes have labels, so there is nothing to distinguish.", "Name the column of the class with --label.", 2);
        }

        progress?.Report(new StepProgress("correlations", 0));
        var classes = table.Classes.Count;
        var rows = RowSample.Pick(labelled, RowSample.Of(RowSample.Pick(table.Labels, labelled), classes, MostGeometry, seed));
        var geometry = FeatureGeometry.Of(table, rows);
        var labels = RowSample.Pick(table.Labels, rows);
        var separation = new double[table.Columns.Count];
        Parallel.For(0, separation.Length, column => separation[column] = geometry.Separation(column, labels, classes));
        var groups = geometry.Groups([.. Enumerable.Range(0, separation.Length).OrderByDescending(column => separation[column]).ThenBy(column => column)]);
        cancellation.ThrowIfCancellationRequested();

        progress?.Report(new StepProgress("cross-fitting", 0));
        var fitted = RowSample.Pick(labelled, RowSample.Of(RowSample.Pick(table.Labels, labelled), classes, MostCrossFit, seed));
        var judged = table.Select(fitted);
        var folds = TableFolds.Of(judged, Folds, seed);
        var scores = TableCrossFit.Run([new ForestLearner(isExtra: false, CrossFitTrees)], judged, folds, seed, progress, cancellation, alsoOnAll: false).Scores[0];
        var scored = ClassificationScores.Of(table.ClassNames, judged.Labels, scores.BestClasses(), [.. Enumerable.Range(0, judged.Rows).Select(judged.GroupName)]);
        var suspicious = SuspiciousLabel.Of(judged, fitted, scores.Softmax());
        var (x, y, xShare, yShare) = geometry.Map();
        var shown = RowSample.Of(labels, classes, MostMap, seed);
        var toLearn = table.HasSplit ? table.Labelled(test: false) : labelled;
        return new ExplorationReport
        {
            Dataset = name,
            Seed = seed,
            Rows = labelled.Length,
            Features = table.Columns.Count,
            Classes = table.ClassNames,
            RowsOfPeople = CountOf(table, labelled),
            Understood = table.Account.Facts,
            LeftOut = table.Account.LeftOut,
            Warnings = table.Account.Warnings,
            Missing = MissingValues.Of(table),
            Divided = folds.How,
            CrossFitted = Reports.ScoreMetrics.Of(scored),
            Confusion = scored.Confusion,
            AccuracyOfPeople = scored.PerSubject.ToDictionary(person => person.Key, person => Math.Round(person.Value.Accuracy, 6)),
            Suspicious = [.. suspicious.Take(Math.Clamp((int)(ListedShare * judged.Rows), LeastListed, MostListed))],
            Contradicted = suspicious,
            SuspiciousCount = suspicious.Count(row => row.IsConfident),
            Groups = [.. groups.Select(group => FeatureGroup.Of(table, group, rows, labels, geometry, separation))],
            Contrasts = Contrast.Of(table, [.. groups.Select(group => group[0])], geometry, rows, scored),
            Distributions = [.. groups.Take(MostDistributions).Select(group => Distribution.Of(table, group[0], rows))],
            Map = new FeatureMap(
                [.. shown.Select(i => Math.Round(x[i], 5))], [.. shown.Select(i => Math.Round(y[i], 5))], RowSample.Pick(labels, shown), Math.Round(xShare, 6), Math.Round(yShare, 6)),
            TestDrift = DriftFinding.Of(table, groups, seed, cancellation),
            Importance = ImportanceStudy.Run(table.Select(toLearn), groups, seed, progress, cancellation),
        };
    }

    private static OrderedDictionary<string, IReadOnlyList<int>> CountOf(FeatureTable table, int[] labelled)
    {
        var counts = new OrderedDictionary<string, IReadOnlyList<int>>();
        foreach (var person in labelled.GroupBy(table.GroupName).OrderBy(person => FeatureTable.OrderOf(person.Key), StringComparer.Ordinal))
        {
            counts[person.Key] = [.. Enumerable.Range(0, table.Classes.Count).Select(c => person.Count(row => table.Labels[row] == c))];
        }

        return counts;
    }
}

/// <summary>A feature's missing values.</summary>
internal sealed record MissingValues(string Feature, int Rows, double Share)
{
    /// <summary>Of every feature that has some.</summary>
    public static IReadOnlyList<MissingValues> Of(FeatureTable table) =>
    [
        .. table.Columns.Select((column, i) => (column.Name, Missing: table.Values[i].Count(float.IsNaN))).Where(column => column.Missing > 0)
            .OrderByDescending(column => column.Missing).Select(column => new MissingValues(column.Name, column.Missing, Math.Round((double)column.Missing / table.Rows, 6))),
    ];
}

/// <summary>
/// A row whose label a teacher contradicts that did not learn from its person.
/// </summary>
/// <param name="Row">From 0 among the rows of the table, as pandas counts them.</param>
/// <param name="Line">The line it was read from; of Parquet the row from 1.</param>
/// <param name="Id">The row's name; null where it has none.</param>
/// <param name="Person">Whose it is.</param>
/// <param name="Label">As labelled.</param>
/// <param name="Likely">What the teacher holds for most likely.</param>
/// <param name="Probability">Its probability.</param>
/// <param name="OfLabel">The label's.</param>
/// <param name="IsConfident">
/// Whether the teacher is as sure of the other class as it is on average on rows labelled so (confident learning: Northcutt, Jiang, Chuang, JAIR 70, 2021).
/// </param>
internal sealed record SuspiciousLabel(int Row, int Line, string? Id, string Person, string Label, string Likely, double Probability, double OfLabel, bool IsConfident)
{
    /// <summary>All of them, the surest first.</summary>
    /// <param name="table">The rows judged.</param>
    /// <param name="rows">For each its number from 0 in the table it was taken from.</param>
    /// <param name="probabilities">Rows × classes, by who did not learn from their person.</param>
    public static List<SuspiciousLabel> Of(FeatureTable table, int[] rows, float[][] probabilities)
    {
        double[] usual =
        [
            .. Enumerable.Range(0, table.Classes.Count).Select(c => Enumerable.Range(0, table.Rows).Where(row => table.Labels[row] == c).Select(row => (double)probabilities[row][c]).DefaultIfEmpty(1).Average()),
        ];
        return
        [
            .. Enumerable.Range(0, table.Rows)
                .Select(row => (Row: row, Best: Array.IndexOf(probabilities[row], probabilities[row].Max())))
                .Where(found => found.Best != table.Labels[found.Row])
                .OrderByDescending(found => probabilities[found.Row][found.Best] - probabilities[found.Row][table.Labels[found.Row]]).ThenBy(found => found.Row)
                .Select(found => new SuspiciousLabel(
                    rows[found.Row],
                    table.Lines[found.Row],
                    table.Ids?[found.Row],
                    table.GroupName(found.Row),
                    table.ClassNames[table.Labels[found.Row]],
                    table.ClassNames[found.Best],
                    Math.Round(probabilities[found.Row][found.Best], 4),
                    Math.Round(probabilities[found.Row][table.Labels[found.Row]], 4),
                    probabilities[found.Row][found.Best] >= usual[found.Best])),
        ];
    }

    /// <summary>The rows as CSV.</summary>
    public static string ToCsv(IEnumerable<SuspiciousLabel> rows) => string.Concat(rows
        .Select(row => string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Row},{row.Line},{CsvCell.Of(row.Id ?? "")},{CsvCell.Of(row.Person)},{CsvCell.Of(row.Label)},{CsvCell.Of(row.Likely)},{row.Probability},{row.OfLabel},{(row.IsConfident ? 1 : 0)}\n"))
        .Prepend("row,line,id,person,label,likely,probability,of_label,confident\n"));
}

/// <summary>Features correlated at least 0.9 with the first of them.</summary>
/// <param name="Feature">The first.</param>
/// <param name="Words">Its name in words, where the name is UCI HAR's.</param>
/// <param name="Members">All of them.</param>
/// <param name="Separation">Share of the first one's variance between classes (η²).</param>
/// <param name="OfPerson">Share of its variance within classes that lies between people; null where people are not known.</param>
internal sealed record FeatureGroup(string Feature, string? Words, IReadOnlyList<string> Members, double Separation, double? OfPerson)
{
    /// <summary>Describes a group.</summary>
    public static FeatureGroup Of(FeatureTable table, List<int> group, int[] rows, int[] labels, FeatureGeometry geometry, double[] separation)
    {
        double? person = null;
        if (table.GroupOfRow is { } people)
        {
            // Weighted by rows: within each class, how much of the variance is who did it.
            person = Enumerable.Range(0, table.Classes.Count).Sum(c =>
                labels.Count(label => label == c) * geometry.Separation(group[0], [.. rows.Select((row, i) => labels[i] == c ? people[row] : -1)], table.Groups.Count)) / Math.Max(1, labels.Length);
        }

        var name = table.Columns[group[0]].Name;
        return new FeatureGroup(
            name, FeatureWords.Of(table.Columns[group[0]].Original), [.. group.Select(column => table.Columns[column].Name)], Math.Round(separation[group[0]], 6), person is { } share ? Math.Round(share, 6) : null);
    }
}
