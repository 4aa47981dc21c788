using System.CommandLine;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Cli.Twin;
using HarEdge.DeviceTwin;
using HarEdge.Trainer;
using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Reports.Page;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Comparing;

/// <summary><c>haredge compare</c>: trainer, generated code and device twin, or the trainer and a device, bit for bit.</summary>
internal sealed class CompareCommand
{
    private const int UsualWindows = 40;

    // Of the built-in data: ten seconds or so, on both sides of a wire.
    private const int UsualRecordings = 4;

    // Device seconds in a second: limited by the way through the pseudo-terminal, not by the twin.
    private const int TwinSpeed = 50;

    private readonly ModelOption model = new();
    private readonly DataOptions data = new();
    private readonly SourceOptions source = new();
    private readonly Option<bool> json = SharedOption.Json("Print the counts as JSON.");
    private readonly Option<bool> twin = new("--twin") { Description = "Compare with a simulated device, over a pseudo-terminal (Linux)." };
    private readonly Option<bool> device = new("--device") { Description = "Compare with the device on the only port there is; --port, --file and - also name one." };

    private readonly CommandPortOption commandPort = new("starts recording mode by itself, and replays --data to the device");

    private readonly Option<int> windows = NumberOption.Whole("--windows", "Windows to compare live, one every 1.28 s.", UsualWindows, 1, 100_000);
    private readonly Option<int> recordings = NumberOption.Whole(
        "--recordings", $"Replay the first N recordings only; without it all of --data, and {UsualRecordings} of the built-in.", UsualRecordings, 1, int.MaxValue);

    private readonly Option<bool> unseen = new("--unseen") { Description = "Leave out the people the model was trained on." };

    private readonly ReportOption page = new();

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new CompareCommand();
        var verb = new Verb(
            "compare",
            "Checks that trainer, generated code and device twin agree on every feature, score and label; or, with a device, that it agrees with the trainer. "
            + "Exit code 3 when not.")
        {
            Examples =
            [
                new("the demo's model on synthetic people it never saw", "haredge compare"),
                new("a run on all of HAPT", "haredge compare --model runs/hapt --data hapt.zip"),
                new("everything that is done with a device, without one", "haredge compare --twin"),
                new("a device on one cable: its self-test and what it decides on its own samples", "haredge compare --port /dev/ttyUSB0"),
                new("the same, and recordings sent to it over its second UART", "haredge compare --port COM3 --command-port COM4 --data hapt.zip --unseen --recordings 4"),
                new("what haredge monitor has kept", "haredge compare --file walk.log"),
            ],
        };
        command.model.AddTo(verb);
        command.data.AddTo(verb);
        command.source.AddTo(verb);
        Option[] others = [command.twin, command.device, command.windows, command.recordings, command.unseen, command.json];
        foreach (var option in others)
        {
            verb.Options.Add(option);
        }

        command.commandPort.AddTo(verb);
        command.page.AddFolderTo(verb);

        verb.Validators.Add(result =>
        {
            if (result.GetValue(command.twin) && (result.GetValue(command.device) || command.commandPort.IsNamed(result) || command.source.IsNamed(result)))
            {
                result.AddError("--twin brings its own port: leave the other ports and files out.");
            }
        });
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        page.Verify(parsed);
        if (!parsed.GetValue(twin) && (parsed.GetValue(device) || source.IsNamed(parsed) || commandPort.IsNamed(parsed) || source.LogPath(parsed) is not null))
        {
            return WithDevice(parsed, terminal, cancellation);
        }

        var loaded = model.Load(parsed, data);
        return parsed.GetValue(twin) ? WithTwin(parsed, loaded, terminal, cancellation) : OnDesktop(parsed, loaded, terminal, cancellation);
    }

    private int OnDesktop(ParseResult parsed, FixedPointModel loaded, Terminal terminal, CancellationToken cancellation)
    {
        var sets = Read(parsed, loaded, terminal, int.MaxValue, cancellation);
        var chosen = sets.SelectMany(set => set.Recordings).ToList();
        var report = ProgressDisplay.Run(terminal, progress => ModelParity.Run(loaded, GeneratedSources.Of(loaded), chosen, progress));
        var about = $"model {loaded.Id} on {DataNames.Of(sets)}, {chosen.Count} recordings";
        page.Write(parsed, terminal, () => ComparisonPage.Of(about, ParityMetrics.Of(report), [.. sets.Select(DataManifest.Of)], ReportOption.Repeatable(parsed)), () => ReportJson.Format(ParityOfModel.Of(loaded.Id, sets, report)));
        if (parsed.GetValue(json))
        {
            terminal.Out.Write(ReportJson.Format(ParityOfModel.Of(loaded.Id, sets, report)));
        }
        else
        {
            TableWriter.Write(terminal, [ParityTables.Of(about, ParityMetrics.Of(report))]);
            terminal.Out.WriteLine(ParityTables.Line(report));
        }

        return ParityVerdict.Report(terminal, report);
    }

    private int WithDevice(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var candidates = model.LoadForDevice(parsed);
        using var opened = source.Open(parsed, terminal);
        using var sink = commandPort.Open(parsed, opened);
        var run = new DeviceCompareRun(candidates, KnownAnswers, opened, sink is null ? null : new DeviceCommands(sink), terminal);
        var report = run.Run(parsed.GetRequiredValue(windows), sink is null ? null : found => Read(parsed, found, terminal, UsualRecordings, cancellation), cancellation);
        return Conclude(parsed, terminal, report);
    }

    private static int KnownAnswers(FixedPointModel loaded)
    {
        using var compiled = GeneratedSources.Of(loaded).Compile();
        return compiled.KnownAnswers!.Count;
    }

    private int WithTwin(ParseResult parsed, FixedPointModel loaded, Terminal terminal, CancellationToken cancellation)
    {
        var sets = Read(parsed, loaded, terminal, UsualRecordings, cancellation);
        using var compiled = GeneratedSources.Of(loaded).Compile();

        // The gyroscope bias is taken off as on a device, so that the calibration is compared, too.
        var options = TwinOptions.ForRecordings with { TracksGyroBias = true, HasCommandPort = true };
        var worn = new WornInTurn([.. sets.SelectMany(set => set.Recordings)], endless: true);
        using var simulated = new TwinOnPort(new SimulatedDevice(compiled.Classifier, compiled.KnownAnswers, options), worn, TwinSpeed);
        using var opened = source.Keep(parsed, new SerialPortSource(simulated.PortName));
        simulated.Start();
        var run = new DeviceCompareRun([loaded], _ => compiled.KnownAnswers!.Count, opened, new DeviceCommands(opened.Sink!), terminal);
        return Conclude(parsed, terminal, run.Run(parsed.GetRequiredValue(windows), _ => sets, cancellation));
    }

    private List<DataSet> Read(ParseResult parsed, FixedPointModel loaded, Terminal terminal, int usualRecordings, CancellationToken cancellation)
    {
        var all = data.ReadFor(parsed, loaded, terminal, cancellation);
        var left = parsed.GetResult(recordings) is { Implicit: false } ? parsed.GetRequiredValue(recordings) : data.IsNamed(parsed) ? int.MaxValue : usualRecordings;
        List<DataSet> sets = [];
        foreach (var set in parsed.GetValue(unseen) ? SeenBefore.LeftOut(loaded, all) : all)
        {
            sets.Add(set with { Recordings = [.. set.Recordings.Take(left)] });
            left -= sets[^1].Recordings.Count;
        }

        return sets;
    }

    private int Conclude(ParseResult parsed, Terminal terminal, DeviceCompareReport report)
    {
        var tables = new Lazy<List<ReportTable>>(() =>
        [
            .. DeviceCompareTables.Of(report, DataNames.Of(report.Replayed ?? []), report.Timing is { Decisions: > 0 }
                ? ProgressDisplay.Run(terminal, progress => TimeEstimate.Of(report.Model, report.Banner.Target, progress))
                : null),
        ]);
        page.Write(
            parsed,
            terminal,
            () => ComparisonPage.Of($"model {report.Model.Id}", tables.Value, ReportOption.Repeatable(parsed)),
            () => ReportJson.Format(DeviceCompareMetrics.Of(report)));
        if (parsed.GetValue(json))
        {
            terminal.Out.Write(ReportJson.Format(DeviceCompareMetrics.Of(report)));
        }
        else
        {
            TableWriter.Write(terminal, tables.Value);
        }

        return DeviceCompareVerdict.Report(terminal, report, report.Model);
    }
}
