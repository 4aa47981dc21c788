using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

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
