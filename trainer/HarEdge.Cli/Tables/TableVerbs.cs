using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Tables;
using HarEdge.Trainer.Tables.Learners;
using HarEdge.Trainer.Tables.Reading;

namespace HarEdge.Cli.Tables;

/// <summary>What verbs do with a table instead of recordings.</summary>
internal static class TableVerbs
{
    private const string Auto = "auto";

    private static readonly string[] LearnerNames = [Auto, .. Enum.GetNames<TableLearnerKind>().Select(name => name.ToLowerInvariant())];

    /// <summary><c>haredge train</c> on a table.</summary>
    public static int Train(
        ParseResult parsed, TableInput input, DataOptions data, TeacherOptions teacher, RunOptions run, Terminal terminal, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var members = Members(teacher.Given(parsed));
        using var folder = run.Reserve(parsed, data.FolderName(parsed));
        var options = input.Of(parsed, data);
        var table = Read(options, terminal, cancellation);
        List<string> words = ["haredge", "train", .. input.Repeatable(parsed, data), .. members is null ? [] : new[] { "--teacher", teacher.Given(parsed)[0].ToLowerInvariant() }];
        words.AddRange(["--seed", run.Seed(parsed).ToString(CultureInfo.InvariantCulture)]);
        var request = new TableTrainingRequest(options, run.Seed(parsed), CommandWords.Join(words), members);
        var told = table.Account.Warnings.Count;
        var result = ProgressDisplay.Run(terminal, progress => TableTraining.Run(table, request, progress, cancellation));
        foreach (var warning in table.Account.Warnings.Skip(told))
        {
            terminal.Say("note: " + warning);
        }

        var name = data.FolderName(parsed);
        var metrics = TableMetrics.Of(name, result);
        if (run.IsJson(parsed))
        {
            terminal.Out.Write(ReportJson.Format(metrics));
        }
        else
        {
            TableWriter.Write(terminal, TableReport.Of(name, result));
        }

        folder.Publish(TableReport.Files(name, result, metrics));
        terminal.Say($"Wrote {folder.Path} in {clock.Elapsed.TotalSeconds:0.0} s: {string.Join(", ", RunFolder.TableFileNames)}.");
        terminal.Next($"haredge predict --model {folder.Path} --data FILE labels another table with the same columns.");
        return 0;
    }

    /// <summary>Reads a table, with progress, and tells what is odd about it before anything long begins.</summary>
    public static FeatureTable Read(TableOptions options, Terminal terminal, CancellationToken cancellation)
    {
        var table = ProgressDisplay.Run(terminal, progress => TableReader.Read(options, progress, cancellation));
        foreach (var warning in table.Account.Warnings)
        {
            terminal.Say("note: " + warning);
        }

        return table;
    }

    /// <summary>The learners named; null for the blend.</summary>
    /// <exception cref="InputException">There is none of the name (exit code 2).</exception>
    public static IReadOnlyList<TableLearner>? Members(IReadOnlyList<string> names)
    {
        if (names.Count == 0 || (names.Count == 1 && string.Equals(names[0], Auto, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        return [.. names.Select(name => Enum.TryParse<TableLearnerKind>(name, ignoreCase: true, out var kind) && !int.TryParse(name, out _)
            ? TableLearner.Of(kind)
            : throw new InputException(
                $"There is no teacher '{name}' for tables.",
                NearestName.Question(name, LearnerNames) + $"Choose from {string.Join(", ", LearnerNames)}; teachers of raw windows need recordings.",
                2))];
    }
}
