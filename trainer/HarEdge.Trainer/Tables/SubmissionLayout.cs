using System.Text;
using HarEdge.Trainer.Tables.Reading;

namespace HarEdge.Trainer.Tables;

/// <summary>
/// A file that shows how predictions are wanted, such as a contest's sample: ids, their order, and whether it wants a class, a probability for each class, a list without header, or an empty
/// column filled.
/// </summary>
internal sealed class SubmissionLayout
{
    private readonly string path;
    private readonly string[] header;
    private readonly string[][] rows;
    private readonly bool hasHeader;
    private readonly char separator;

    private SubmissionLayout(string path, string[] header, string[][] rows, bool hasHeader, char separator)
    {
        this.path = path;
        this.header = header;
        this.rows = rows;
        this.hasHeader = hasHeader;
        this.separator = separator;
    }

    /// <summary>The column of the data that names its rows as the layout does; null when they have none in common.</summary>
    public static string? IdColumn(string like, string data, TableModelHeader model)
    {
        using var layout = RowSource.Open(like);
        using var table = RowSource.Open(data);
        var names = table.Header?.Select(name => name.Trim()).ToHashSet() ?? [];
        return layout.Header?.Select(name => name.Trim()).FirstOrDefault(name => names.Contains(name) && name != model.Roles.Label && !model.Columns.Contains(name));
    }

    /// <summary>Predictions in the layout of a file.</summary>
    /// <param name="like">The file.</param>
    /// <param name="predictions">What was predicted.</param>
    /// <param name="model">Classes and roles.</param>
    /// <param name="wantsProbabilities">Whether the user wants a column a class whatever the file shows.</param>
    /// <exception cref="InputException">The file wants an id the data does not have, or what it wants cannot be decided.</exception>
    public static string Fill(string like, TablePredictions predictions, TableModelHeader model, bool wantsProbabilities)
    {
        var layout = Read(like, predictions);
        var ids = predictions.Examples.Ids;
        var idColumn = layout.FindIdColumn(predictions);
        var rowOf = idColumn < 0 ? layout.RowsInOrder(predictions) : layout.RowsById(idColumn, ids!);
        int[] others = [.. Enumerable.Range(0, layout.header.Length).Where(column => column != idColumn)];
        int[] classColumns = [.. others.Where(column => layout.ClassOf(column, model) >= 0)];
        var isByClass = classColumns.Length >= 2 && layout.hasHeader && classColumns.Select(column => layout.ClassOf(column, model)).Distinct().Count() == model.Classes.Count;
        if (isByClass)
        {
            return layout.Write(rowOf, [.. classColumns], Enumerable.Range(0, layout.header.Length), Probabilities(predictions, model, layout, classColumns));
        }

        if (wantsProbabilities)
        {
            return layout.WithClassColumns(rowOf, idColumn, predictions, model);
        }

        var label = layout.LabelColumn(others, idColumn, model);
        var names = layout.UsesNames(label, model) ? model.ClassNames : model.Classes;
        return layout.Write(rowOf, [label], Enumerable.Range(0, Math.Max(layout.header.Length, label + 1)), (row, _) => names[predictions.Predicted[row]]);
    }

    private static SubmissionLayout Read(string path, TablePredictions predictions)
    {
        var raw = RawTable.Read(path, new MissingMarks([], []), _ => true);
        string[] header = [.. raw.Columns.Select(column => column.Original)];
        var rows = Enumerable.Range(0, raw.Rows).Select(row => raw.Columns.Select(column => column.Text(row).Trim()).ToArray()).ToArray();

        // A first row whose id is one of the data's is no header, whatever it looks like.
        var isRow = raw.HasHeader && predictions.Examples.Ids?.Contains(Plain(header[0])) == true;
        return isRow ? new SubmissionLayout(path, header, [header, .. rows], false, raw.Separator) : new SubmissionLayout(path, header, rows, raw.HasHeader, raw.Separator);
    }

    private static string Plain(string id) => Reading.LabelColumn.IsWhole(id.Trim(), out var code) ? code : id.Trim();

    // The column with the most ids of the data in it; none when the data has no ids or the file none of them.
    private int FindIdColumn(TablePredictions predictions)
    {
        if (predictions.Examples.Ids is not { } ids || rows.Length == 0)
        {
            return -1;
        }

        var known = ids.Select(Plain).ToHashSet();
        var found = Enumerable.Range(0, header.Length).Select(column => (Column: column, Count: rows.Count(row => known.Contains(Plain(row[column]))))).MaxBy(column => (column.Count, -column.Column));
        return found.Count > 0 ? found.Column : throw new InputException(
            $"No id of '{path}' is in the data: '{rows[0][0]}' there, '{ids[0]}' here.", "Give the data of this file, or name the column of the ids with --id.");
    }

    private int[] RowsInOrder(TablePredictions predictions) => rows.Length == predictions.Predicted.Length
        ? [.. Enumerable.Range(0, rows.Length)]
        : throw new InputException(
            $"'{path}' has {rows.Length} rows, the data {predictions.Predicted.Length}, and no column names them.", "Name the column of the ids with --id.");

    private int[] RowsById(int idColumn, string[] ids)
    {
        Dictionary<string, int> rowOfId = [];
        for (var row = 0; row < ids.Length; row++)
        {
            if (!rowOfId.TryAdd(Plain(ids[row]), row) && rows.Any(wanted => Plain(wanted[idColumn]) == Plain(ids[row])))
            {
                throw new InputException($"The data has the id '{ids[row]}' more than once, so that '{path}' cannot be filled.", "Name another column with --id.");
            }
        }

        return [.. rows.Select((row, place) => rowOfId.TryGetValue(Plain(row[idColumn]), out var found)
            ? found
            : throw new InputException(
                $"'{path}' wants the id '{row[idColumn]}' (row {place + 1}), which the data does not have.", "Give the data of this file, or name the column of the ids with --id."))];
    }

    private int ClassOf(int column, TableModelHeader model)
    {
        var key = Reading.LabelColumn.IsWhole(header[column], out var code) ? code : Reading.LabelColumn.Key(header[column]);
        return Enumerable.Range(0, model.Classes.Count).FirstOrDefault(
            c => Reading.LabelColumn.Key(model.Classes[c]) == key || model.Classes[c] == key || Reading.LabelColumn.Key(model.ClassNames[c]) == key, -1);
    }

    // The empty column, or the one that is named like the label, or the only one besides the ids; behind them when there is none.
    private int LabelColumn(int[] others, int idColumn, TableModelHeader model)
    {
        int[] empty = [.. others.Where(column => Array.TrueForAll(rows, row => row[column].Length == 0))];
        int[] named = [.. others.Where(column => header[column] == model.Roles.Label || ColumnGuess.IsLabel(header[column]))];
        return (others, empty, named) switch
        {
            ([], _, _) => idColumn + 1,
            ([var only], _, _) => only,
            (_, [var only], _) => only,
            (_, _, [var only]) => only,
            _ => throw new InputException(
                $"Which column of '{path}' is to be filled cannot be decided: {TableAccount.Names([.. others.Select(column => header[column])])}.",
                "Leave one of them empty, or ask for a column a class with --probabilities."),
        };
    }

    private bool UsesNames(int label, TableModelHeader model)
    {
        string[] shown = label >= header.Length ? [] : [.. rows.Select(row => row[label]).Where(text => text.Length > 0).Distinct()];
        bool All(IReadOnlyList<string> names) => Array.TrueForAll(shown, text => names.Any(name => Reading.LabelColumn.Key(name) == Reading.LabelColumn.Key(text)));
        return shown.Length > 0 && !All(model.Classes) && All(model.ClassNames);
    }

    private static Func<int, int, string> Probabilities(TablePredictions predictions, TableModelHeader model, SubmissionLayout layout, int[] classColumns)
    {
        var probabilities = CsvCell.Probabilities(predictions.Scores, model);
        var classOf = classColumns.ToDictionary(column => column, column => layout.ClassOf(column, model));
        return (row, column) => probabilities[row][classOf[column]];
    }

    private string WithClassColumns(int[] rowOf, int idColumn, TablePredictions predictions, TableModelHeader model)
    {
        var text = new StringBuilder();
        var probabilities = CsvCell.Probabilities(predictions.Scores, model);
        if (hasHeader)
        {
            AppendRow(text, [.. idColumn < 0 ? [] : new[] { header[idColumn] }, .. model.Classes]);
        }

        for (var row = 0; row < rows.Length; row++)
        {
            AppendRow(text, [.. idColumn < 0 ? [] : new[] { rows[row][idColumn] }, .. probabilities[rowOf[row]]]);
        }

        return text.ToString();
    }

    private string Write(int[] rowOf, HashSet<int> filled, IEnumerable<int> columns, Func<int, int, string> value)
    {
        int[] all = [.. columns];
        var text = new StringBuilder();
        if (hasHeader)
        {
            AppendRow(text, [.. all.Select(column => column < header.Length ? header[column] : "label")]);
        }

        for (var row = 0; row < rows.Length; row++)
        {
            AppendRow(text, [.. all.Select(column => filled.Contains(column) ? value(rowOf[row], column) : rows[row][column])]);
        }

        return text.ToString();
    }

    private void AppendRow(StringBuilder text, string[] cells) => text.Append(string.Join(separator == ' ' ? ',' : separator, cells.Select(CsvCell.Of))).Append('\n');
}
