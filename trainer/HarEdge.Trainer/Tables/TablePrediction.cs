using System.Globalization;
using System.Text;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Tables.Reading;

namespace HarEdge.Trainer.Tables;

/// <summary>Labels for rows or sequences of another table, matched by the names of its columns.</summary>
internal static class TablePrediction
{
    /// <summary>Predicts.</summary>
    /// <param name="model">The model.</param>
    /// <param name="request">The data and how it is named.</param>
    /// <param name="progress">Receives what is being done.</param>
    /// <param name="cancellation">Checked between steps.</param>
    /// <exception cref="InputException">Columns are missing.</exception>
    public static TablePredictions Run(TableModel model, TablePredictionRequest request, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        var header = model.Header;
        var table = TableReader.Read(OptionsOf(header, request), progress, cancellation);
        var lacking = header.Columns.Except(table.Columns.Select(column => column.Name)).Where(name => !IsCategory(header, name)).ToList();
        if (lacking.Count > 0 && !request.FillsMissingColumns)
        {
            throw Lacking(lacking, table, request.Paths[0]);
        }

        if (lacking.Count > 0)
        {
            table.Account.Warn($"{lacking.Count} columns are missing and count as missing values, as asked: {TableAccount.Names(lacking)}.");
        }

        var aligned = Aligned(table, header.Columns, lacking);
        if (header.Roles.Sequence is not null)
        {
            aligned = Align(Sequences.SequenceTable.Of(aligned, header.Missing, progress), header.Features);
        }

        progress?.Report(new StepProgress("predicting", 0));
        var scores = model.Score(aligned.Values);
        var labelled = aligned.Labels.Any(label => label >= 0);
        return new TablePredictions
        {
            Examples = aligned,
            Scores = scores,
            Predicted = scores.BestClasses(),
            Accuracy = labelled ? Accuracy(header, aligned, scores) : null,
        };
    }

    private static TableOptions OptionsOf(TableModelHeader header, TablePredictionRequest request) => new()
    {
        Paths = request.Paths,
        Labels = header.Roles.Label is { } label ? [label] : [],
        Id = request.Id ?? (request.Like is null || header.Roles.Sequence is not null ? null : SubmissionLayout.IdColumn(request.Like, request.Paths[0], header)),
        Sequence = header.Roles.Sequence,
        Step = header.Roles.Step,
        Categorical = header.Categorical,
        MissingMarks = header.MissingMarks,
        Sentinels = header.Sentinels,
        IsForPrediction = true,
        Wanted = header.Columns,
    };

    private static bool IsCategory(TableModelHeader header, string name) => header.Categorical.Any(column => name.StartsWith(column + "=", StringComparison.Ordinal));

    private static InputException Lacking(List<string> lacking, FeatureTable table, string path)
    {
        var unknown = table.Account.LeftOut.Where(column => column.Reason == "unknown to the model").Select(column => column.Column).ToList();
        var meant = lacking.Select(name => (name, near: NearestName.Of(name, unknown))).Where(pair => pair.near is not null).Select(pair => $"'{pair.near}' is new: did you mean '{pair.name}'?").ToList();
        return new InputException(
            $"'{path}' lacks {(lacking.Count == 1 ? "a column" : $"{lacking.Count} columns")} the model learned from: {TableAccount.Names(lacking, 20)}.",
            (meant.Count > 0 ? string.Join(' ', meant) + " Rename it" : "Give a table with the same columns")
                + (unknown.Count > 0 && meant.Count == 0 ? $" (unknown here: {TableAccount.Names(unknown)})" : "") + ", or let the model do without them with --missing model.");
    }

    // The model's columns in its order, missing where the table lacks them.
    private static FeatureTable Aligned(FeatureTable table, IReadOnlyList<string> columns, List<string> lacking) => lacking.Count == columns.Count
        ? throw new InputException("The table has none of the columns the model learned from.", "Give a table with the same columns.")
        : Align(table, columns);

    private static FeatureTable Align(FeatureTable table, IReadOnlyList<string> columns)
    {
        var place = table.Columns.Select((column, index) => (column.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index);
        float[] Missing() => [.. Enumerable.Repeat(float.NaN, table.Rows)];
        return table.With(
            [.. columns.Select(name => new TableColumn(name, name))],
            [.. columns.Select(name => place.TryGetValue(name, out var index) ? table.Values[index] : name.Contains('=', StringComparison.Ordinal) ? new float[table.Rows] : Missing())],
            [.. Enumerable.Range(0, table.Rows)]);
    }

    // Labels of the table are matched with the model's classes by their spelling, case and blanks aside.
    private static ClassificationScores Accuracy(TableModelHeader header, FeatureTable table, ClassScores scores)
    {
        var classOf = table.Classes.Select(name => Enumerable.Range(0, header.Classes.Count)
            .FirstOrDefault(c => LabelColumn.Key(header.Classes[c]) == LabelColumn.Key(name) || LabelColumn.Key(header.ClassNames[c]) == LabelColumn.Key(name), -1)).ToArray();
        foreach (var unknown in table.Classes.Where((_, c) => classOf[c] < 0))
        {
            table.Account.Warn($"The label '{unknown}' is no class of the model: its rows count for no accuracy.");
        }

        return ClassificationScores.Of(
            header.ClassNames, [.. table.Labels.Select(label => label < 0 ? -1 : classOf[label])], scores.BestClasses(), [.. Enumerable.Range(0, table.Rows).Select(table.GroupName)]);
    }
}

/// <summary>What to predict.</summary>
/// <param name="Paths">Files of the table.</param>
/// <param name="Id">Column that names rows; null finds one.</param>
/// <param name="FillsMissingColumns">Whether columns that lack count as missing values.</param>
/// <param name="Like">A file whose ids, columns and order are wanted; null for none.</param>
internal sealed record TablePredictionRequest(IReadOnlyList<string> Paths, string? Id = null, bool FillsMissingColumns = false, string? Like = null);

/// <summary>What was predicted.</summary>
internal sealed class TablePredictions
{
    /// <summary>Rows or sequences, in the order of the file.</summary>
    public required FeatureTable Examples { get; init; }

    /// <summary>Scores of each.</summary>
    public required ClassScores Scores { get; init; }

    /// <summary>Class of each.</summary>
    public required int[] Predicted { get; init; }

    /// <summary>How often labels that the table has were met; null without labels.</summary>
    public required ClassificationScores? Accuracy { get; init; }

    /// <summary>The predictions as CSV: the name of each row, or its number, the class, and if wanted a probability for each class.</summary>
    public string ToCsv(TableModelHeader model, bool withProbabilities)
    {
        var text = new StringBuilder();
        var name = Examples.Ids is null ? "row" : Examples.Roles.Id ?? "id";
        text.Append(CsvCell.Of(name)).Append(',').Append(CsvCell.Of(model.Roles.Label ?? "label"));
        if (withProbabilities)
        {
            foreach (var c in model.Classes)
            {
                text.Append(',').Append(CsvCell.Of(c));
            }
        }

        text.Append('\n');
        var probabilities = withProbabilities ? CsvCell.Probabilities(Scores, model) : null;
        for (var row = 0; row < Predicted.Length; row++)
        {
            text.Append(CsvCell.Of(Examples.Ids?[row] ?? (row + 1).ToString(CultureInfo.InvariantCulture))).Append(',').Append(CsvCell.Of(model.Classes[Predicted[row]]));
            if (probabilities is not null)
            {
                text.Append(',').Append(string.Join(',', probabilities[row]));
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}

/// <summary>Cells of a CSV file.</summary>
internal static class CsvCell
{
    /// <summary>A text, quoted where it must be.</summary>
    public static string Of(string text) => text.AsSpan().ContainsAny(',', '"', '\n') ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    /// <summary>Rows × classes probabilities of eight decimals, of which each row adds up to 1. Nothing is surer than the examples learned from can show: each class has had one more.</summary>
    public static string[][] Probabilities(ClassScores scores, TableModelHeader model) => [.. scores.Softmax().Select(row =>
    {
        var examples = model.Rows + (double)row.Length;
        var values = row.Select(value => Math.Round(((model.Rows * (double)value) + 1) / examples, 8)).ToArray();

        // The most probable class takes what rounding leaves over.
        var best = Array.IndexOf(values, values.Max());
        values[best] = Math.Round(1 - values.Where((_, c) => c != best).Sum(), 8);
        return values.Select(value => value.ToString("0.########", CultureInfo.InvariantCulture)).ToArray();
    })];
}
