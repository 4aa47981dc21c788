using System.CommandLine;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Tables;
using HarEdge.Trainer.Tables.Reading;

namespace HarEdge.Cli.Tables;

/// <summary><c>haredge predict</c>: labels for recordings or tables without labels, as CSV.</summary>
internal sealed class PredictCommand
{
    private readonly ModelOption model = new();
    private readonly DataOptions data = new();

    private readonly Option<string?> per = new("--per")
    {
        Description = "Of recordings, what a line is about: a window of the model, a sample at 50 Hz (the mean of the windows that hold it), or a whole recording. Without it, window, or recording with --like.",
        HelpName = "window|sample|recording",
    };

    private readonly Option<string?> id = new("--id") { Description = "The column that names rows. Without it, the one --like has, or one named like ids.", HelpName = "COLUMN" };

    private readonly Option<string?> like = new("--like")
    {
        Description = "A file that shows what is wanted, such as a contest's sample: its ids, order and columns are kept; a class, or a probability for each class, is filled in.",
        HelpName = "FILE",
    };

    private readonly Option<bool> probabilities = new("--probabilities") { Description = "A column a class with its probability." };

    private readonly Option<string?> missing = new("--missing")
    {
        Description = "model: columns that the table lacks count as missing values. Without it, such a table is refused.",
        HelpName = "model",
    };

    private readonly Option<string?> file = new("--out", "-o") { Description = "The file to write; an existing one is replaced. Without it, standard output.", HelpName = "FILE.csv" };

    private readonly Option<bool> json = SharedOption.Json("Print what was read and predicted as JSON instead of tables.");

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new PredictCommand();
        var verb = new Verb("predict", "Labels recordings by a model of recordings, or a table by a model of a table, in the order and columns somebody wants.")
        {
            Examples =
            [
                new("recordings without labels, a line a window", "haredge predict --model runs/hapt --data recording.csv --accel-unit g --gyro-unit deg/s --out predictions.csv"),
                new("a class for each row of a table", "haredge predict --model runs/train --data test.csv --out predictions.csv"),
                new("as a contest wants it", "haredge predict --model runs/train --data test_features.csv --like sample_submission.csv --out submission.csv"),
                new("with a probability for each class", "haredge predict --model runs/train --data test.csv --probabilities --out predictions.csv"),
            ],
        };
        command.missing.AcceptOnly("model");
        command.per.AcceptOnly("window", "sample", "recording");
        command.model.AddTo(verb);
        command.data.AddTo(verb);
        verb.Options.Add(command.per);
        verb.Options.Add(command.id);
        verb.Options.Add(command.like);
        verb.Options.Add(command.probabilities);
        verb.Options.Add(command.missing);
        verb.Options.Add(command.file);
        verb.Options.Add(command.json);
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var path = parsed.GetValue(file);
        if (path is not null)
        {
            WritablePlace.Verify(path);
        }

        if (model.Path(parsed) is { } named && named is not (ModelOption.BuiltInName or SyntheticWearer.Name) && !File.Exists(named) && !File.Exists(Path.Combine(named, RunFolder.ModelFileName)) && !TableModel.IsAt(named))
        {
            throw new InputException($"'{named}' holds no model: neither {RunFolder.ModelFileName} nor {TableModel.FileName}.", "Give the folder that haredge train --out FOLDER wrote.", 2);
        }

        return TableModel.IsAt(model.Path(parsed)) ? OfTable(parsed, terminal, path, cancellation) : OfRecordings(parsed, terminal, path, cancellation);
    }

    private int OfTable(ParseResult parsed, Terminal terminal, string? path, CancellationToken cancellation)
    {
        if (!data.IsNamed(parsed))
        {
            throw new InputException("A model of a table is given, and no table.", "Name the table with --data.", 2);
        }

        using var loaded = TableModel.Read(model.Path(parsed)!);
        var sample = parsed.GetValue(like);
        var request = new TablePredictionRequest(data.Paths(parsed), parsed.GetValue(id), parsed.GetValue(missing) is not null, sample);
        var found = ProgressDisplay.Run(terminal, progress => TablePrediction.Run(loaded, request, progress, cancellation));
        var text = sample is null
            ? found.ToCsv(loaded.Header, parsed.GetValue(probabilities))
            : SubmissionLayout.Fill(sample, found, loaded.Header, parsed.GetValue(probabilities));
        Report(parsed, terminal, loaded, found, isDataOnOut: path is null);
        Write(terminal, path, text);
        return 0;
    }

    private int OfRecordings(ParseResult parsed, Terminal terminal, string? path, CancellationToken cancellation)
    {
        if (data.IsNamed(parsed) && data.Paths(parsed).All(TableReader.IsTable))
        {
            throw new InputException("A table is given, and a model of recordings.", "Give a model of a table: haredge train --data TABLE --label COLUMN makes one.", 2);
        }

        var loaded = model.Load(parsed, data);
        var sample = parsed.GetValue(like);
        var unit = parsed.GetValue(per) is { } word ? Enum.Parse<PredictedUnit>(word, ignoreCase: true) : sample is null ? PredictedUnit.Window : PredictedUnit.Recording;
        if (sample is not null && unit != PredictedUnit.Recording)
        {
            throw new InputException($"--like names whole recordings, and --per {unit.ToString().ToLowerInvariant()} asks for parts of them.", "Leave out one of the two.", 2);
        }

        var sets = data.ReadFor(parsed, loaded, terminal, cancellation);
        var found = ProgressDisplay.Run(terminal, progress => RecordingPrediction.Of(loaded, sets, progress, cancellation));
        var text = sample is null ? found.ToCsv(unit, parsed.GetValue(probabilities)) : Filled(sample, found, parsed.GetValue(probabilities));
        if (found.Accuracy is { } accuracy)
        {
            terminal.Say($"Of {TableAccount.Count(found.LabelledWindows)} windows with a label {ReportTable.Percent(accuracy)} were predicted right.");
        }

        if (path is not null && parsed.GetValue(json))
        {
            terminal.Out.Write(ReportJson.Format(new PredictionMetrics(loaded.Id, data.FolderName(parsed), data.IsSynthetic(parsed), found.Windows, found.Counts, found.Accuracy, found.LabelledWindows, [], [])));
        }
        else if (path is not null)
        {
            TableWriter.Write(terminal, [new ReportTable($"Windows by class, predicted by model {loaded.Id}", ["class", "windows"], [.. found.Counts.Select(of => (string[])[of.Key, TableAccount.Count(of.Value)])])]);
        }

        Write(terminal, path, text);
        return 0;
    }

    private static string Filled(string sample, RecordingPrediction found, bool withProbabilities)
    {
        var (predictions, header) = found.AsTable();
        return SubmissionLayout.Fill(sample, predictions, header, withProbabilities);
    }

    private static void Write(Terminal terminal, string? path, string text)
    {
        if (path is null)
        {
            terminal.Out.Write(text);
            return;
        }

        WholeFiles.Write(Path.GetDirectoryName(Path.GetFullPath(path))!, new Dictionary<string, string> { [Path.GetFileName(path)] = text });
        terminal.Say($"Wrote {path}: {text.Count(c => c == '\n')} lines.");
    }

    private void Report(ParseResult parsed, Terminal terminal, TableModel loaded, TablePredictions found, bool isDataOnOut)
    {
        var account = found.Examples.Account;
        terminal.Note(account.Warnings);

        foreach (var left in account.LeftOut.GroupBy(column => column.Reason))
        {
            terminal.Say($"note: left out, {left.Key}: {TableAccount.Names([.. left.Select(column => TableAccount.Shown(column.Column))])}");
        }

        if (found.Accuracy is { Windows: > 0 } accuracy)
        {
            terminal.Say($"Of {TableAccount.Count(accuracy.Windows)} rows with a label {ReportTable.Percent(accuracy.Accuracy)} were predicted right.");
        }

        if (isDataOnOut)
        {
            return;
        }

        if (parsed.GetValue(json))
        {
            terminal.Out.Write(ReportJson.Format(PredictionMetrics.Of(loaded, found, data.FolderName(parsed))));
        }
        else
        {
            TableWriter.Write(terminal, TableReport.Of(loaded, found));
        }
    }
}
