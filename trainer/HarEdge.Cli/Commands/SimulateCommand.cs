using System.CommandLine;
using System.Globalization;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.DeviceTwin;
using HarEdge.Trainer;
using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Reports;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge simulate</c>: the firmware on a simulated sensor, worn by the people of a recording.</summary>
internal sealed class SimulateCommand
{
    private const string Telemetry = "telemetry";
    private const string Decisions = "decisions";

    private readonly ModelOption model = new();
    private readonly DataOptions data = new();

    private readonly Option<string?> recording = new("--recording")
    {
        Description = "Name of the recording to wear, or 'all'. Without it, the first one.",
        HelpName = "NAME",
    };

    private readonly Option<string> show = new("--show")
    {
        Description = "What to print: the device's telemetry lines as they are, or a table of decisions beside the labels.",
        HelpName = $"{Telemetry}|{Decisions}",
        DefaultValueFactory = _ => Telemetry,
    };

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new SimulateCommand();
        var verb = new Verb("simulate", "Runs the firmware's own source on a simulated MPU6050 and prints what the device would.")
        {
            Examples =
            [
                new("the demo's model, worn by a synthetic person it never saw", "haredge simulate"),
                new("decisions beside the labels", "haredge simulate --show decisions"),
                new("one recording of HAPT, as the serial port would show it", "haredge simulate --model runs/hapt --data hapt.zip --recording exp03"),
            ],
        };
        command.show.AcceptOnly(Telemetry, Decisions);
        command.model.AddTo(verb);
        command.data.AddTo(verb);
        verb.Options.Add(command.recording);
        verb.Options.Add(command.show);
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var loaded = model.Load(parsed, data);
        var sets = data.ReadFor(parsed, loaded, terminal, cancellation);
        using var compiled = GeneratedSources.Of(loaded).Compile();
        var device = new TwinBackend(compiled.Classifier, compiled.KnownAnswers);
        foreach (var (set, worn) in Chosen(sets, parsed.GetValue(recording)))
        {
            cancellation.ThrowIfCancellationRequested();
            terminal.Say($"{DataNames.Of([set])}: recording {worn.Name}, person {worn.Subject}, model {loaded.Id}");
            var played = device.Play(worn);
            if (parsed.GetRequiredValue(show) == Telemetry)
            {
                foreach (var line in played.Lines)
                {
                    terminal.Out.WriteLine(line);
                }
            }
            else
            {
                TableWriter.Write(terminal, [DecisionTable(loaded, set, worn, played)]);
            }

            var silent = played.Decisions.Count == 0 ? "; the recording has no run as long as a window" : "";
            terminal.Say(string.Create(
                CultureInfo.InvariantCulture, $"{played.Decisions.Count} decisions in {played.Elapsed.TotalSeconds:0} simulated seconds{silent}."));
        }

        terminal.Next("haredge compare checks every feature and score of this, bit for bit.");
        return 0;
    }

    private static IEnumerable<(DataSet Set, Recording Worn)> Chosen(IReadOnlyList<DataSet> sets, string? name)
    {
        var all = sets.SelectMany(set => set.Recordings.Select(worn => (set, worn))).ToList();
        if (name is null)
        {
            return all.Take(1);
        }

        if (name == "all")
        {
            return all;
        }

        var named = all.Where(entry => string.Equals(entry.worn.Name, name, StringComparison.OrdinalIgnoreCase)).ToList();
        return named.Count > 0 ? named : throw new InputException(
            $"The data has no recording '{name}'.",
            $"Its recordings are {string.Join(", ", all.Take(8).Select(entry => entry.worn.Name))}{(all.Count > 8 ? ", …" : "")}.",
            2);
    }

    private static ReportTable DecisionTable(FixedPointModel model, DataSet set, Recording worn, TwinRunResult played) => new(
        $"Device twin, {DataNames.Of([set])}, recording {worn.Name}, person {worn.Subject}",
        ["second", "label", "window says", "confidence", "device decides"],
        [.. played.Decisions.Select(decision => (IReadOnlyList<string>)
        [
            (decision.ElapsedMs / 1000.0).ToString("0.0", CultureInfo.InvariantCulture),
            LabelAt(set, worn, decision.StartSample + model.Signal.WindowSamples - 1),
            model.Classes[decision.WindowClass],
            decision.ConfidencePercent.ToString(CultureInfo.InvariantCulture) + " %",
            decision.Decision < 0 ? "unknown" : model.Classes[decision.Decision],
        ])]);

    private static string LabelAt(DataSet set, Recording worn, int sample) => worn.Labels[sample] < 0 ? "" : set.Classes[worn.Labels[sample]];
}
