using System.CommandLine;
using System.CommandLine.Parsing;
using HarEdge.Cli.Options;
using HarEdge.Trainer;
using HarEdge.Trainer.Capture;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Capturing;

/// <summary>The options for boards that print numbers in the format of Edge Impulse's data forwarder.</summary>
internal sealed class ForwarderOptions
{
    private readonly Option<bool> on = new("--forwarder")
    {
        Description = "The board prints numbers as for Edge Impulse's data forwarder: ax,ay,az,gx,gy,gz a line, at 115200 baud.",
    };

    private readonly Option<string> accelUnit = new("--accel-unit")
    {
        Description = "Unit of the forwarder's accelerometer: g or m/s2.",
        HelpName = "UNIT",
        DefaultValueFactory = _ => "m/s2",
    };

    private readonly Option<string> gyroUnit = new("--gyro-unit")
    {
        Description = "Unit of the forwarder's gyroscope: rad/s or deg/s.",
        HelpName = "UNIT",
        DefaultValueFactory = _ => "deg/s",
    };

    private readonly Option<double?> rate = NumberOption.Real("--rate", "The forwarder's samples per second. Without it, measured by their arrival.", "HZ");

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        Option[] all = [on, accelUnit, gyroUnit, rate];
        foreach (var option in all)
        {
            verb.Options.Add(option);
        }

        verb.Validators.Add(result =>
        {
            if (!result.GetValue(on) && all.Skip(1).Any(option => result.GetResult(option) is { Implicit: false }))
            {
                result.AddError("--accel-unit, --gyro-unit and --rate are for --forwarder; a HarEdge device sends them itself.");
            }
        });
    }

    /// <summary>Whether the board is of this kind.</summary>
    public bool IsOn(ParseResult parsed) => IsOn(parsed.CommandResult);

    /// <summary>The same while the command line is still being parsed.</summary>
    public bool IsOn(CommandResult parsed) => parsed.GetValue(on);

    /// <summary>Speed of the port.</summary>
    public int BaudRate(ParseResult parsed) => IsOn(parsed) ? ForwarderCapture.BaudRate : SerialPortSource.BaudRate;

    /// <summary>Reads the format.</summary>
    public ForwarderCapture Capture(ParseResult parsed, bool isPort, long staleUntilMs) =>
        new(parsed.GetValue(rate), joinsMidLine: isPort) { StaleUntilMs = staleUntilMs };

    /// <summary>Adds what the options say to a recording's description.</summary>
    /// <exception cref="InputException">A unit is unknown (exit code 2).</exception>
    public RecordingDescription Describe(ParseResult parsed, RecordingDescription description) => description with
    {
        AccelUnit = UnitNames.ParseAccel(parsed.GetRequiredValue(accelUnit)),
        GyroUnit = UnitNames.ParseGyro(parsed.GetRequiredValue(gyroUnit)),
        RateHz = parsed.GetValue(rate),
    };
}
