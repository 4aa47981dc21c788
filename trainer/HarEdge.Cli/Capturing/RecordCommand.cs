using System.CommandLine;
using System.Text.RegularExpressions;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Core;
using HarEdge.Trainer;
using HarEdge.Trainer.Capture;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Telemetry;

namespace HarEdge.Cli.Capturing;

/// <summary><c>haredge record</c>: a device's raw samples, labelled while they come, as a recording that train reads.</summary>
internal sealed partial class RecordCommand
{
    private const int GetReadySeconds = 5;

    // What a port has held back comes at once when it is opened.
    private const int StaleMs = 300;

    private readonly SourceOptions source = new();
    private readonly CommandPortOption commandPort = new("starts and ends recording mode, without the button");

    private readonly Option<string?> script = new("--script")
    {
        Description = "What you will do and for how long: labels by the clock, with time to get ready before each activity. Without it, keys label.",
        HelpName = "STEPS",
    };

    private readonly Option<int> getReady = NumberOption.Whole("--get-ready", "Seconds without a label before each activity of a script.", GetReadySeconds, 0, 600);

    private readonly Option<string[]> labels = new("--labels")
    {
        Description = "Activities to put on keys. Without it, the classes of the model that comes with the program.",
        HelpName = "NAME,…",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> subject = Word("--subject", "Who wears it.", "me");
    private readonly Option<string?> placement = Word("--placement", "Where on the body: waist, wrist, pocket …", null)!;

    private readonly Option<string> output = new("--out")
    {
        Description = "Folder for the recordings; each gets a new number.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => "recordings",
    };

    private readonly Option<double?> seconds = NumberOption.Real("--seconds", "Stop this long after the first sample.", "N");
    private readonly ForwarderOptions forwarder = new();

    private readonly Option<string?> recover = new("--recover")
    {
        Description = "Make a recording of what an interrupted one has left.",
        HelpName = "FILE.part",
    };

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new RecordCommand();
        var verb = new Verb("record", "Records a device's raw samples with labels, by keys or by a script, as a CSV that train reads as it is.")
        {
            Examples =
            [
                new("the only board there is; keys label", "haredge record"),
                new("by a script", "haredge record --script \"walking 60s, stairs-up 30s, sitting 30s\" --subject anna --placement waist"),
                new("a device whose second UART is wired: no button", "haredge record --port COM3 --command-port COM4"),
                new("a log that monitor kept, labelled afterwards", "haredge record --file walk.log --script \"walking 60s\""),
                new("any board that speaks the format of Edge Impulse's data forwarder", "haredge record --forwarder --accel-unit m/s2 --gyro-unit deg/s"),
                new("what a full disk or a crash has left", "haredge record --recover recordings/me-001.csv.part"),
            ],
        };
        command.source.AddTo(verb);
        command.commandPort.AddTo(verb);
        Option[] others = [command.script, command.getReady, command.labels, command.subject, command.placement, command.output, command.seconds, command.recover];
        foreach (var option in others)
        {
            verb.Options.Add(option);
        }

        command.forwarder.AddTo(verb);
        verb.Validators.Add(result =>
        {
            if (command.commandPort.IsNamed(result) && command.forwarder.IsOn(result))
            {
                result.AddError("--forwarder boards take no commands: leave --command-port out.");
            }
        });
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        if (parsed.GetValue(recover) is { } part)
        {
            return Recover(part, terminal);
        }

        var steps = parsed.GetValue(script) is { } text ? LabelScript.Parse(text, parsed.GetValue(getReady)) : null;
        var keys = new LabelKeys(Labels(parsed));
        var folder = parsed.GetRequiredValue(output);
        WritablePlace.Verify(Path.Combine(folder, "probe"));
        Hint(steps, folder, terminal);

        using var opened = source.Open(parsed, terminal, forwarder.BaudRate(parsed));
        var staleUntilMs = opened.IsPort ? StaleMs : 0;
        var capture = forwarder.IsOn(parsed)
            ? forwarder.Capture(parsed, opened.IsPort, staleUntilMs)
            : (SampleCapture)new DeviceCapture { StaleUntilMs = staleUntilMs };
        var timeline = new LabelTimeline();
        using var recorder = new Recorder(capture, timeline, () => new RecordingFile(
            RecordingFile.NextPath(folder, parsed.GetRequiredValue(subject), parsed.GetValue(placement)), Describe(parsed, capture)));
        using var sink = commandPort.Open(parsed, opened);
        var hasKeyboard = opened.IsPort && Keyboard.Exists;
        var display = new RecordDisplay(terminal);
        var session = new RecordSession(opened, capture, recorder, timeline, display)
        {
            Script = steps,
            Keys = steps is null && hasKeyboard ? keys : null,
            ReadKey = hasKeyboard ? Keyboard.Read : () => null,
            EndSeconds = parsed.GetValue(seconds),
            Request = new StartRequest(opened.Name, display)
            {
                HasButton = capture is DeviceCapture && opened.IsPort,
                Commands = sink is null ? null : new DeviceCommands(sink),
            },
            AfterRead = () => recorder.File?.Describe(Describe(parsed, capture)),
        };
        if (steps is null && !hasKeyboard)
        {
            terminal.Say("note: there is no keyboard here, so nothing will be labelled; --script labels.");
        }

        terminal.Say($"Reading {opened.Name}. Ctrl-C ends it and keeps everything.");
        session.Run(cancellation);
        Close(session, recorder, capture, folder, terminal);
        return session.IsCutShort && cancellation.IsCancellationRequested ? ErrorReport.Stopped : 0;
    }

    private static void Close(RecordSession session, Recorder recorder, SampleCapture capture, string folder, Terminal terminal)
    {
        if (recorder.File is null)
        {
            var why = capture.Explain().FirstOrDefault();
            throw new InputException(
                "No sample came, so nothing was recorded.",
                why ?? (capture is DeviceCapture ? "Hold the BOOT button for two seconds until the tool says that samples are coming." : "Check the port and the baud rate."));
        }

        terminal.Out.WriteLine(recorder.File.Complete());
        RecordSummary.Report(terminal, recorder, capture);
        if (capture is DeviceCapture { Watch.Banner: null })
        {
            terminal.Say("note: the device did not say its ranges (its banner comes once a minute): ±4 g and ±500 °/s were taken for granted.");
        }

        if (session.IsCutShort)
        {
            terminal.Say("note: the script was not done to its end.");
        }

        terminal.Next($"haredge train --data hapt.zip {folder} --personal");
    }

    private static int Recover(string part, Terminal terminal)
    {
        var (path, samples, cutBytes) = RecordingRecovery.Recover(part);
        terminal.Out.WriteLine(path);
        terminal.Say($"Recovered {samples} samples{(cutBytes > 0 ? $"; {cutBytes} bytes of a row that was not whole were cut off" : "")}.");
        terminal.Next($"haredge data check {path}");
        return 0;
    }

    private static void Hint(LabelScript? steps, string folder, Terminal terminal)
    {
        var known = ModelOption.BuiltIn().Classes;
        foreach (var label in (steps?.Steps ?? []).Select(step => step.Label).OfType<string>().Distinct().Where(label => !known.Contains(label)))
        {
            terminal.Say($"note: {label} is none of HAPT's classes ({string.Join(", ", known)}). If it is one of them, train with --map {label}=NAME.");
        }

        foreach (var left in Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + RecordingFile.PartEnding) : [])
        {
            terminal.Say($"note: {left} is what an interrupted recording left; haredge record --recover {left} makes a recording of it.");
        }
    }

    private RecordingDescription Describe(ParseResult parsed, SampleCapture capture)
    {
        var description = new RecordingDescription { Subject = parsed.GetRequiredValue(subject), Placement = parsed.GetValue(placement) };
        if (capture is not DeviceCapture device)
        {
            return forwarder.Describe(parsed, description);
        }

        return description with
        {
            AccelUnit = AccelUnit.Counts,
            GyroUnit = GyroUnit.Counts,
            AccelRangeG = device.Watch.Banner?.AccelRangeG ?? SensorScale.DefaultAccelRangeG,
            GyroRangeDps = device.Watch.Banner?.GyroRangeDps ?? SensorScale.DefaultGyroRangeDps,
            RateHz = SensorScale.SampleRateHz,
        };
    }

    private IEnumerable<string> Labels(ParseResult parsed) => parsed.GetValue(labels) is { Length: > 0 } named
        ? named.SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        : ModelOption.BuiltIn().Classes;

    // It becomes a part of a file name and of the file's first line.
    private static Option<string> Word(string name, string description, string? usual)
    {
        var option = new Option<string>(name) { Description = description + " Letters, digits, - and _.", HelpName = "NAME", DefaultValueFactory = _ => usual! };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !OneWord().IsMatch(result.Tokens[0].Value))
            {
                result.AddError($"{name} wants up to 32 letters, digits, - and _, not '{result.Tokens[0].Value}'.");
            }
        });
        return option;
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,32}$")]
    private static partial Regex OneWord();
}
