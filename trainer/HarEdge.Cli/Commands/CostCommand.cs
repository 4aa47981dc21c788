using System.CommandLine;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge cost</c>: what a model costs on the device, before it is flashed.</summary>
internal sealed class CostCommand
{
    private readonly ModelOption model = new();
    private readonly DataOptions data = new();
    private readonly Option<string?> weights = new("--weights") { Description = "Weights of IL instructions, a JSON file, in place of those HarEdge comes with.", HelpName = "FILE" };
    private readonly Option<string?> chips = new("--chips") { Description = "Figures of chips, a JSON file, in place of those HarEdge comes with.", HelpName = "FILE" };
    private readonly Option<string?> calibrate = new("--calibrate") { Description = "A log of a board that ran this model: its own times take the place of the estimate for its runtime image.", HelpName = "LOG" };
    private readonly Option<bool> json = SharedOption.Json("Print the report as JSON.");

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new CostCommand();
        var verb = new Verb("cost", "Counts the instructions the device executes for a model, proves how many there can be, prices them in machine instructions, time and energy on each chip, and adds up memory and garbage.")
        {
            Examples =
            [
                new("the built-in model on the built-in synthetic wearer", "haredge cost"),
                new("a run on all of HAPT, for a script", "haredge cost --model runs/hapt --data hapt.zip --json"),
                new("with the times of a board, of a log that haredge monitor --log kept", "haredge cost --model runs/hapt --calibrate board.log"),
            ],
        };
        command.model.AddTo(verb);
        command.data.AddTo(verb);
        verb.Options.Add(command.weights);
        verb.Options.Add(command.chips);
        verb.Options.Add(command.calibrate);
        verb.Options.Add(command.json);
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var loaded = model.Load(parsed);
        var priced = InstructionWeights.Read(parsed.GetValue(weights));
        var known = ChipTable.Read(parsed.GetValue(chips));
        var timing = Timing(parsed);
        var sets = data.ReadAllFor(parsed, loaded, terminal, cancellation);
        var report = ProgressDisplay.Run(terminal, progress => CostMeter.Measure(loaded, sets, progress, priced, known));
        report = timing is null ? report : report.On(timing.ApplyTo(known, report.ModelId, StepCost.OfHop(report.PerSample, report.PerDecision, loaded.Signal.HopSamples).Mean), loaded.Signal.HopSamples);
        if (parsed.GetValue(json))
        {
            terminal.Out.Write(ReportJson.Format(report));
        }
        else
        {
            TableWriter.Write(terminal, CostTables.Of(report));
        }

        return 0;
    }

    private BoardTiming? Timing(ParseResult parsed)
    {
        if (parsed.GetValue(calibrate) is not { } path)
        {
            return null;
        }

        using var log = FileSource.Open(path);
        return BoardTiming.Read(log);
    }
}
