using System.Globalization;
using System.Text.RegularExpressions;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Trainer.Cost;

/// <summary>How long a decision took on a board, the samples of its hop included, by the board's own clock.</summary>
/// <param name="Log">Where it was read.</param>
/// <param name="Model">The model that ran.</param>
/// <param name="Target">The runtime's name of its image, for example ESP32_REV3.</param>
/// <param name="Runtime">Version of that image.</param>
/// <param name="Decisions">Decisions timed.</param>
/// <param name="Milliseconds">Mean of all, with the lowest and highest mean of one report.</param>
/// <param name="WorstMilliseconds">The longest.</param>
internal sealed record BoardTiming(
    string Log, string Model, string Target, string Runtime, int Decisions, Interval Milliseconds, double WorstMilliseconds)
{
    private const double MicrosPerMillisecond = 1000;
    private const int BufferLength = 16 * 1024;

    /// <summary>Reads a log of a serial port.</summary>
    /// <param name="source">The log.</param>
    /// <exception cref="InputException">It holds no banner with an image, no times, or those of several images, runtimes or models.</exception>
    public static BoardTiming Read(IByteSource source)
    {
        var records = new List<TelemetryRecord>();
        var reader = new TelemetryReader();
        var buffer = new byte[BufferLength];
        SourceRead read;
        while ((read = source.Read(buffer)).State != SourceState.Ended)
        {
            reader.Read(buffer.AsSpan(0, read.Count), records.Add);
        }

        reader.Finish(records.Add);
        return Of(source.Name, records);
    }

    /// <summary>The chips with this board's speed in the place of the assumption for its image.</summary>
    /// <param name="table">The chips; another image of the same chip keeps its row.</param>
    /// <param name="model">Id of the model that was priced.</param>
    /// <param name="weight">Of what was timed, for that model: <see cref="StepCost.OfHop"/>.</param>
    /// <exception cref="InputException">The log is of another model, or of a chip that the table does not have.</exception>
    public ChipTable ApplyTo(ChipTable table, string model, double weight)
    {
        if (model != Model)
        {
            throw new InputException(
                $"{Log} is of model {Model}, not of {model}.",
                "Give the model that ran on the board with --model; to price another one, put the chip's row that this prints with --json into a file for --chips.");
        }

        Chip[] same = [.. table.Chips.Where(chip => chip.Images.Split(", ").Contains(Target))];
        var like = same.FirstOrDefault() ?? table.Chips.LastOrDefault(chip => chip.Name == Family(Target)) ?? throw new InputException(
            $"{Log} is of a board with the image {Target}, and the table of chips has neither it nor its chip.", "Give a table that has it with --chips.");

        // Cycles a machine instruction at the clock the table says: whatever the real clock is, the times come out as measured.
        var perMillisecond = like.ClockMhz * 1000 / like.MachineInstructions(weight);
        var measured = like with
        {
            Images = Target,
            CyclesPerInstruction = Milliseconds.Times(perMillisecond),
            SavedByFlashAt80Mhz = null,
            MeasuredBy = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(Log)}, runtime {Runtime}: {Decisions:N0} decisions, at most {WorstMilliseconds:0.0} ms"),
        };
        return table with { Chips = [.. table.Chips.Select(chip => WithoutImage(chip, same)).OfType<Chip>(), measured] };
    }

    /// <summary>The same of records that were read.</summary>
    public static BoardTiming Of(string log, IReadOnlyList<TelemetryRecord> records)
    {
        const string Remedy = "Keep a log with haredge monitor --log while the board decides, from its start on, for some minutes.";
        (string Model, string Target, string Runtime)[] boards =
            [.. records.OfType<BannerRecord>().Select(banner => (banner.Model, banner.Target, banner.Runtime)).Distinct()];
        if (boards.Length != 1 || boards[0].Target.Length == 0)
        {
            throw new InputException(
                boards.Length > 1
                    ? $"{log} is of several boards, runtimes or models: {string.Join("; ", boards.Select(board => $"{board.Target} {board.Runtime} {board.Model}"))}."
                    : $"{log} holds no banner that names the runtime's image.",
                Remedy);
        }

        TimingRecord[] times = [.. records.OfType<TimingRecord>().Where(time => time.Decisions > 0)];
        if (times.Length == 0)
        {
            throw new InputException($"{log} holds no time of a decision: a simulated board takes none, and one reports the first after a minute.", Remedy);
        }

        var decisions = times.Sum(time => time.Decisions);
        return new BoardTiming(
            log,
            boards[0].Model,
            boards[0].Target,
            boards[0].Runtime,
            decisions,
            new Interval(
                times.Min(time => time.MeanMicros) / MicrosPerMillisecond,
                times.Sum(time => (double)time.MeanMicros * time.Decisions) / decisions / MicrosPerMillisecond,
                times.Max(time => time.MeanMicros) / MicrosPerMillisecond),
            times.Max(time => time.WorstMicros) / MicrosPerMillisecond);
    }

    // ESP32_S3_QUAD is an image of the ESP32-S3, ESP32_REV3 one of the ESP32.
    private static string Family(string target) => Regex.Match(target, @"^ESP32(_[A-Z]\d+)?(?=_|$)").Value.Replace('_', '-');

    // The measured image leaves its row; the row stays for the other images it stands for.
    private Chip? WithoutImage(Chip chip, Chip[] same)
    {
        if (!same.Contains(chip))
        {
            return chip;
        }

        string[] others = [.. chip.Images.Split(", ").Where(image => image != Target)];
        return others.Length == 0 ? null : chip with { Images = string.Join(", ", others) };
    }
}
