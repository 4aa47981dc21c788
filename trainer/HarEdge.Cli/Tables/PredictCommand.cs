using System.CommandLine;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Tables;

namespace HarEdge.Cli.Tables;

/// <summary><c>haredge predict</c>: labels for data without labels, as CSV.</summary>
internal sealed class PredictCommand
{
    private readonly Option<string> model = new("--model", "-m")
    {
        Description = $"The folder of a run on a table, or its {TableModel.FileName}.",
        HelpName = "PATH",
        Required = true,
    };

    private readonly Option<string[]> data = new("--data")
    {
        Description = "The table to label: the model's columns by name, in any order. Labels in it are only used to tell the accuracy.",
        HelpName = "PATH",
        AllowMultipleArgumentsPerToken = true,
        Required = true,
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

    private readonly Option<bool> json = new("--json") { Description = "Print what was read and predicted as JSON instead of tables." };

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new PredictCommand();
        var verb = new Verb("predict", "Labels a table by a model of a table, in the order and columns somebody wants.")
        {
            Examples =
            [
                new("a class for each row", "haredge predict --model runs/train --data test.csv --out predictions.csv"),
                new("as a contest wants it", "haredge predict --model runs/train --data test_features.csv --like sample_submission.csv --out submission.csv"),
                new("with a probability for each class", "haredge predict --model runs/train --data test.csv --probabilities --out predictions.csv"),
            ],
        };
        command.missing.AcceptOnly("model");
        verb.Options.Add(command.model);
        verb.Options.Add(command.data);
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

        using var loaded = TableModel.Read(parsed.GetRequiredValue(model));
        var sample = parsed.GetValue(like);
        var request = new TablePredictionRequest(parsed.GetRequiredValue(data), parsed.GetValue(id), parsed.GetValue(missing) is not null, sample);
        var found = ProgressDisplay.Run(terminal, progress => TablePrediction.Run(loaded, request, progress, cancellation));
        var text = sample is null
            ? found.ToCsv(loaded.Header, parsed.GetValue(probabilities))
            : SubmissionLayout.Fill(sample, found, loaded.Header, parsed.GetValue(probabilities));
        Tell(parsed, terminal, loaded, found, isDataOnOut: path is null);
        if (path is null)
        {
            terminal.Out.Write(text);
        }
        else
        {
            WholeFiles.Write(Path.GetDirectoryName(Path.GetFullPath(path))!, new Dictionary<string, string> { [Path.GetFileName(path)] = text });
            terminal.Say($"Wrote {path}: {text.Count(c => c == '\n')} lines.");
        }

        return 0;
    }

    private void Tell(ParseResult parsed, Terminal terminal, TableModel loaded, TablePredictions found, bool isDataOnOut)
    {
        var account = found.Examples.Account;
        foreach (var warning in account.Warnings)
        {
            terminal.Say("note: " + warning);
        }

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
            terminal.Out.Write(ReportJson.Format(PredictionMetrics.Of(loaded, found)));
        }
        else
        {
            TableWriter.Write(terminal, TableReport.Of(loaded, found));
        }
    }
}
