using System.CommandLine.Parsing;
using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using HarEdge.Cli.Output;
using HarEdge.Trainer.Reports.Page;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Training;
using HarEdge.Trainer;

namespace HarEdge.Cli.Options;

/// <summary>Seed, run folder and form of the output of a training run.</summary>
internal sealed class RunOptions
{
    private readonly Option<int> seed = SharedOption.Seed();

    private readonly Option<string?> folder = new("--out", "-o")
    {
        Description = "Folder for the model, the metrics, the generated code, the log and report.html. Without it, a new one under runs/.",
        HelpName = "FOLDER",
    };

    private readonly Option<bool> force = new("--force") { Description = "Replace the folder of an earlier run." };

    private readonly Option<bool> json = SharedOption.Json("Print metrics.json instead of tables.");

    private readonly ReportOption report = new();

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(seed);
        verb.Options.Add(folder);
        verb.Options.Add(force);
        verb.Options.Add(json);
        report.AddOpenTo(verb);
    }

    /// <summary>The seed.</summary>
    public int Seed(ParseResult parsed) => parsed.GetValue(seed);

    /// <summary>Whether JSON is printed instead of tables.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(json);

    /// <summary>Claims the folder before any work.</summary>
    public RunFolder Reserve(ParseResult parsed, string name) =>
        parsed.GetValue(folder) is { } path ? RunFolder.Reserve(path, parsed.GetValue(force)) : RunFolder.ReserveFree(name);

    /// <summary>Says where the page of a run is, and opens it when asked to.</summary>
    public void Shown(ParseResult parsed, Terminal terminal, string path) => report.WrittenInto(parsed, terminal, path);

    /// <summary>Makes sure the result can be written, before any work.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="name">Names the folder when the user does not.</param>
    public RecordedRun Begin(ParseResult parsed, string name) =>
        new(Reserve(parsed, name), parsed.GetValue(json), (terminal, path) => Shown(parsed, terminal, path));
}

/// <summary>A training run from its options to its folder and its tables. The clock starts when it is made.</summary>
/// <param name="folder">Where it goes.</param>
/// <param name="asJson">Whether metrics.json is printed instead of tables.</param>
/// <param name="written">Receives the folder when it is there.</param>
internal sealed class RecordedRun(RunFolder folder, bool asJson, Action<Terminal, string> written) : IDisposable
{
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <summary>Trains, and publishes the run unless device and desktop disagree.</summary>
    /// <returns>The exit code.</returns>
    public int Execute(TrainingOptions options, Terminal terminal, CancellationToken cancellation)
    {
        var (result, measured) = ProgressDisplay.Run(terminal, progress =>
        {
            var training = new LongerRun(progress, ModelMeasurements.Steps);
            var trained = TrainingRun.Execute(options, training, cancellation);
            cancellation.ThrowIfCancellationRequested();
            return (trained, ModelMeasurements.Of(trained, training.Rest(), cancellation));
        });
        var metrics = MetricsFile.Of(result, measured) with { FilesRead = [.. options.Data.SelectMany(DataTables.ReadAlike)] };
        Print(result, metrics, terminal);
        var exitCode = ParityVerdict.Report(terminal, result.Parity);
        if (exitCode != 0)
        {
            return exitCode;
        }

        folder.Publish(RunFiles.Of(result, metrics));
        terminal.Say($"Wrote {folder.Path} in {clock.Elapsed.TotalSeconds:0.0} s: {string.Join(", ", RunFolder.FileNames)}.");
        written(terminal, folder.Path);
        return 0;
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    /// <summary>Where the run was written.</summary>
    public string Path => folder.Path;

    private void Print(TrainingResult result, TrainingMetrics metrics, Terminal terminal)
    {
        if (asJson)
        {
            terminal.Out.Write(ReportJson.Format(metrics));
        }
        else
        {
            TableWriter.Write(terminal, [.. DataTables.Read(metrics.FilesRead), .. TrainingTables.Of(result)]);
            terminal.Out.WriteLine(ParityTables.Line(result.Parity));
        }

        terminal.Note(result.Notes);
    }
}

/// <summary>The page of results: where it is written, and whether the browser opens it.</summary>
internal sealed class ReportOption
{
    // Where results go and how they are shown does not decide them.
    private static readonly string[] NotRepeated = ["--report", "--open", "--json", "--out", "-o", "--force", "--jobs", "--log"];

    private readonly Option<string?> file = new("--report")
    {
        Description = "Write the results as one page, too, that opens in any browser without a network.",
        HelpName = "FILE.html",
    };

    private readonly Option<bool> open = new("--open") { Description = $"Open {ReportPage.FileName} in the browser." };

    private readonly Option<string?> folder = new("--out", "-o")
    {
        Description = $"A run folder for the results: {ReportPage.FileName} to read and {RunFolder.MetricsFileName} for programs.",
        HelpName = "FOLDER",
    };

    private readonly Option<bool> force = new("--force") { Description = "Replace the folder of an earlier run." };

    /// <summary>Adds all options to a verb that leaves a run folder where it is asked to.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="hasOut">True for a verb with an --out of its own, which can be such a folder.</param>
    public void AddFolderTo(Command verb, bool hasOut = false)
    {
        if (!hasOut)
        {
            verb.Options.Add(folder);
        }

        verb.Options.Add(force);
        AddTo(verb);
    }

    /// <summary>Adds --report and --open.</summary>
    public void AddTo(Command verb)
    {
        file.Validators.Add(result =>
        {
            if (result.GetValue(file) is { } path && !path.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
            {
                result.AddError($"--report wants a file that ends in .html, not '{path}'.");
            }
        });
        verb.Options.Add(file);
        verb.Options.Add(open);
    }

    /// <summary>Adds --open to a verb whose folder always has the page.</summary>
    public void AddOpenTo(Command verb) => verb.Options.Add(open);

    /// <summary>Makes sure that the results can be written, before any work.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="place">A run folder; null for the one of --out, if any.</param>
    /// <exception cref="InputException">Something is in the way.</exception>
    public void Verify(ParseResult parsed, string? place = null)
    {
        if ((place ?? parsed.GetValue(folder)) is { } path)
        {
            RunFolder.Reserve(path, parsed.GetValue(force)).Dispose();
        }

        if (parsed.GetValue(file) is { } page)
        {
            WritablePlace.Verify(page);
        }
    }

    /// <summary>Writes what was asked for: a run folder, the page as a file, or with --open alone a new folder under runs/.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">Receives where it is.</param>
    /// <param name="page">Makes the page.</param>
    /// <param name="numbers">Makes metrics.json.</param>
    /// <param name="place">The run folder; null for the one of --out, if any.</param>
    public void Write(ParseResult parsed, Terminal terminal, Func<ReportPage> page, Func<string> numbers, string? place = null)
    {
        var wanted = place ?? parsed.GetValue(folder);
        var made = new Lazy<string>(() => page().Format());
        if (parsed.GetValue(file) is { } path)
        {
            var full = Path.GetFullPath(path);
            WholeFiles.Write(Path.GetDirectoryName(full)!, new Dictionary<string, string> { [Path.GetFileName(full)] = made.Value });
            terminal.Say($"Wrote {path}.");
            if (wanted is null)
            {
                Open(parsed, terminal, full);
            }
        }

        if (wanted is not null || (parsed.GetValue(open) && parsed.GetValue(file) is null))
        {
            using var run = wanted is null ? RunFolder.ReserveFree(parsed.CommandResult.Command.Name) : RunFolder.Reserve(wanted, parsed.GetValue(force));
            run.Publish(new Dictionary<string, string> { [ReportPage.FileName] = made.Value, [RunFolder.MetricsFileName] = numbers() });
            WrittenInto(parsed, terminal, run.Path);
        }
    }

    /// <summary>Writes the page into a verb's folder.</summary>
    public void WriteInto(ParseResult parsed, Terminal terminal, string folder, ReportPage page)
    {
        WholeFiles.Write(folder, new Dictionary<string, string> { [ReportPage.FileName] = page.Format() });
        WrittenInto(parsed, terminal, folder);
    }

    /// <summary>Says where the page is, and opens it when asked to.</summary>
    public void WrittenInto(ParseResult parsed, Terminal terminal, string folder)
    {
        var path = Path.Combine(folder, ReportPage.FileName);
        terminal.Say($"The results as a page: {path}");
        Open(parsed, terminal, Path.GetFullPath(path));
    }

    /// <summary>The command line as anyone can repeat it: what decides the result, files without their folders.</summary>
    public static string Repeatable(ParseResult parsed)
    {
        List<string> words = ["haredge"];
        var isLeftOut = false;
        foreach (var token in parsed.Tokens)
        {
            isLeftOut = token.Type == TokenType.Option ? NotRepeated.Contains(token.Value) : isLeftOut && token.Type == TokenType.Argument;
            if (!isLeftOut)
            {
                words.Add(Path.Exists(token.Value) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(token.Value)) : token.Value);
            }
        }

        return CommandWords.Join(words);
    }

    private void Open(ParseResult parsed, Terminal terminal, string path)
    {
        if (!parsed.GetValue(open))
        {
            return;
        }

        try
        {
            Process.Start(new ProcessStartInfo(path) { UseShellExecute = true })?.Dispose();
        }
        catch (Win32Exception)
        {
            terminal.Say($"note: this machine has no browser to open it with: open {path} in one.");
        }
    }
}
