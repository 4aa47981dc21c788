using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Trainer.Cost;

/// <summary>A figure and the range it is likely in.</summary>
internal sealed record Interval(double Low, double Likely, double High)
{
    /// <summary>The same in another unit.</summary>
    public Interval Times(double factor) => new(Low * factor, Likely * factor, High * factor);
}

/// <summary>A chip with a runtime image: how long it takes for a weight, and what it draws meanwhile.</summary>
internal sealed record Chip
{
    /// <summary>For example "ESP32-S3".</summary>
    [JsonPropertyName("chip")]
    public required string Name { get; init; }

    /// <summary>The runtime's images for it that run so.</summary>
    public required string Images { get; init; }

    /// <summary>Whether the chip runs a runtime image, by its name.</summary>
    public bool HasImage(string image) => Images.Split(", ").Contains(image);

    /// <summary>The board's name on the command line.</summary>
    public required string Board { get; init; }

    /// <summary>Its machine code.</summary>
    public required string InstructionSet { get; init; }

    /// <summary>Machine instructions the interpreter executes for a weight of 1, see <see cref="InstructionWeights"/>.</summary>
    public required double MachineInstructionsPerWeight { get; init; }

    /// <summary>Clock of the processor.</summary>
    public required double ClockMhz { get; init; }

    /// <summary>Cycles of a machine instruction, misses of the flash cache included.</summary>
    public required Interval CyclesPerInstruction { get; init; }

    /// <summary>Clock of the flash.</summary>
    public required double FlashMhz { get; init; }

    /// <summary>Share of the time that flash at 80 MHz should save, 0 to 1; null where nothing is known.</summary>
    public required double? SavedByFlashAt80Mhz { get; init; }

    /// <summary>Current while it runs, radio off.</summary>
    public required double RunningMilliamps { get; init; }

    /// <summary>Current in light sleep.</summary>
    public required double LightSleepMilliamps { get; init; }

    /// <summary>What a board measured in place of the estimate: the log; null for an estimate.</summary>
    public string? MeasuredBy { get; init; }

    /// <summary>Machine instructions of a weight.</summary>
    public double MachineInstructions(double weight) => weight * MachineInstructionsPerWeight;

    /// <summary>Milliseconds of a weight.</summary>
    public Interval Milliseconds(double weight) => CyclesPerInstruction.Times(MachineInstructions(weight) / (ClockMhz * 1000));
}

/// <summary>The chips that costs are stated for.</summary>
/// <param name="Source">Where their figures come from.</param>
/// <param name="Chips">At least one.</param>
internal sealed record ChipTable(string Source, IReadOnlyList<Chip> Chips)
{
    private const int Misused = 2;

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The chips HarEdge knows.</summary>
    public static ChipTable Default { get; } = Parse(InstructionWeights.EmbeddedText("chips.json"), "chips.json");

    /// <summary>Reads a file, or gives the default where there is none.</summary>
    /// <param name="path">Null for the default.</param>
    /// <exception cref="InputException">It cannot be read, or see <see cref="Parse"/>.</exception>
    public static ChipTable Read(string? path) => path is null ? Default : Parse(InstructionWeights.WholeFile(path), path);

    /// <summary>Reads a table.</summary>
    /// <param name="text">JSON like chips.json.</param>
    /// <param name="name">Of the file, for messages.</param>
    /// <exception cref="InputException">Something is missing or unknown, or a figure cannot be.</exception>
    public static ChipTable Parse(string text, string name)
    {
        ChipTable table;
        try
        {
            table = JsonSerializer.Deserialize<ChipTable>(text, Format) ?? throw new JsonException("it is null");
        }
        catch (JsonException exception)
        {
            throw Bad(name, $"is no table of chips: {JsonFault.Words(exception)}", exception);
        }

        if (string.IsNullOrWhiteSpace(table.Source) || table.Chips is not { Count: > 0 })
        {
            throw Bad(name, string.IsNullOrWhiteSpace(table.Source) ? "has no \"source\"" : "has no chips");
        }

        foreach (var chip in table.Chips)
        {
            Check(chip, name);
        }

        return table;
    }

    private static void Check(Chip chip, string file)
    {
        (string Name, double Value, bool IsGood)[] figures =
        [
            ("machineInstructionsPerWeight", chip.MachineInstructionsPerWeight, chip.MachineInstructionsPerWeight > 0),
            ("clockMhz", chip.ClockMhz, chip.ClockMhz > 0),
            ("flashMhz", chip.FlashMhz, chip.FlashMhz > 0),
            ("cyclesPerInstruction.low", chip.CyclesPerInstruction.Low, chip.CyclesPerInstruction.Low > 0),
            ("cyclesPerInstruction.likely", chip.CyclesPerInstruction.Likely, chip.CyclesPerInstruction.Likely >= chip.CyclesPerInstruction.Low),
            ("cyclesPerInstruction.high", chip.CyclesPerInstruction.High, chip.CyclesPerInstruction.High >= chip.CyclesPerInstruction.Likely),
            ("savedByFlashAt80Mhz", chip.SavedByFlashAt80Mhz ?? 0, chip.SavedByFlashAt80Mhz is null or (>= 0 and < 1)),
            ("runningMilliamps", chip.RunningMilliamps, chip.RunningMilliamps > 0),
            ("lightSleepMilliamps", chip.LightSleepMilliamps, chip.LightSleepMilliamps >= 0),
        ];
        foreach ((var figure, var value, var isGood) in figures)
        {
            if (!isGood || !double.IsFinite(value))
            {
                throw Bad(file, string.Create(CultureInfo.InvariantCulture, $"gives {chip.Name} ({chip.Images}) the {figure} {value}, which cannot be"));
            }
        }
    }

    private static InputException Bad(string name, string what, Exception? inner = null) =>
        new($"{name} {what}.", "Start from trainer/HarEdge.Trainer/Cost/chips.json.", Misused, inner);
}

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

        Chip[] same = [.. table.Chips.Where(chip => chip.HasImage(Target))];
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
