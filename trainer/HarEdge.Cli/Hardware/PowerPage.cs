using System.Globalization;
using HarEdge.Trainer;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Reports;

namespace HarEdge.Cli.Hardware;

/// <summary>
/// The tables of hardware/POWER.md and their plot, from the run files of <c>haredge cost --json</c>, priced by the chips of this program: what a decision takes, where its energy goes, and how
/// long a battery lasts for each power policy and model.
/// </summary>
internal sealed class PowerPage
{
    /// <summary>The battery that days are stated for.</summary>
    public const int BatteryMilliampHours = 500;

    private const string Begin = "<!-- begin: haredge results --power -->\n";
    private const string End = "<!-- end: haredge results --power -->";
    private const string Suffix = "-cost.json";
    private const string Usual = "hapt";
    private const int HopSamples = 64;
    private const double HopMs = 1280;
    private const double Volts = 3.3;

    // MPU-6050 cycling at 20 Hz with the accelerometer alone: Product Specification rev 3.4, 6.3. The runtime starts for two seconds every half hour (PowerPolicy).
    private const double WatchingMilliamps = 0.07;
    private const double StartSeconds = 2;
    private const double StartEverySeconds = 1800;
    private const double WornHours = 16;

    // 1,600 bytes and nine reads in the place of 768 and five, at 400 kHz; docs/adr/0027.
    private const double MoreReadingMs = 21;
    private const double ResamplingInstructions = 30000;

    private static readonly (string Name, double Milliamps, bool IsResampled)[] OtherSensors =
        [("MPU6050", ChipCost.SensorMilliamps, false), ("MPU6886", 2.8, false), ("LSM6DS3TR-C", 0.9, true)];

    // RTC timer and RTC memory on: the chips' data sheets. The ESP32-C3 has no EXT0 wake-up and does not sleep deeply at rest.
    private static readonly Dictionary<string, double> DeepSleepMilliamps = new() { ["esp32"] = 0.010, ["esp32-s3"] = 0.008 };

    private readonly List<(string Name, CostReport Report)> models;

    private PowerPage(List<(string Name, CostReport Report)> models) => this.models = models;

    /// <summary>The page with its tables made anew.</summary>
    /// <param name="page">The page as it is, with the two marks.</param>
    /// <param name="folder">The folder of run files.</param>
    /// <exception cref="InputException">There is no run file of the committed model, or the page lacks the marks.</exception>
    public static (string Page, string Plot) Of(string page, string folder)
    {
        var begin = page.IndexOf(Begin, StringComparison.Ordinal);
        var end = page.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            throw new InputException("The page has no place for the tables.", $"Put the lines '{Begin.TrimEnd()}' and '{End}' where they should stand.", 2);
        }

        var tables = new PowerPage(Read(folder));
        return (page[..(begin + Begin.Length)] + tables.Text() + page[end..], BatteryPlot.Of([.. tables.Lives()]));
    }

    // Run files from before instructions were weighed price nothing.
    private static List<(string Name, CostReport Report)> Read(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + Suffix).Order(StringComparer.Ordinal).ToList() : [];
        var stems = files.Select(file => Path.GetFileName(file)[..^Suffix.Length]).ToList();
        if (!stems.Contains(Usual))
        {
            throw new InputException($"'{folder}' holds no {Usual}{Suffix}.", $"Make it: haredge cost --model built-in --data hapt.zip --json > {Usual}{Suffix}", 2);
        }

        return
        [
            .. files.Zip(stems, (file, stem) => (Name: stem == Usual ? "default" : stem[(Usual.Length + 1)..], ReportJson.Parse<CostReport>(File.ReadAllText(file)).On(ChipTable.Default, HopSamples)))
                .Where(model => model.Item2.PerDecision.Weight > 0).OrderBy(model => model.Name != "default"),
        ];
    }

    private CostReport Committed => models[0].Report;

    private string Text() => string.Concat(new[] { Times(), Energies(), Currents(), Models(), Sensors() }.Select(table => "\n" + table.ToMarkdown())) + "\n";

    private ReportTable Times() => new(
        $"**What a decision takes**, model {Committed.ModelId} on {Committed.Dataset}. Machine instructions are counted, times estimated; the proven worst case holds for any data.",
        ["chip", "runtime image", "clock", "machine instructions", "time", "likely range", "at most"],
        [
            .. Committed.Chips.Select(cost => new[]
            {
                cost.Chip.Name, cost.Chip.Images, Whole(cost.Chip.ClockMhz) + " MHz", Number(cost.MachineInstructions / 1e6, "0.00") + " M", Number(cost.Milliseconds.Likely) + " ms",
                $"{Whole(cost.Milliseconds.Low)} to {Whole(cost.Milliseconds.High)} ms", Number(cost.WorstMilliseconds.Likely) + " ms",
            }),
        ]);

    private ReportTable Energies() => new(
        $"**Where its energy goes**: millijoules from one decision to the next, {Number(HopMs / 1000, "0.00")} s, in light sleep between bursts. A stage's share is its energy times how often it decides.",
        ["for", .. Names()],
        [
            .. Committed.Chips[0].Energy.Select((part, i) => Row(part.Name, Committed.Chips.Select(cost => Number(cost.Energy[i].Millijoules)))),
            Row("together", Committed.Chips.Select(cost => Number(cost.Energy.Sum(part => part.Millijoules)))),
        ]);

    private ReportTable Currents() => new(
        $"**Currents by power policy**, and how long {BatteryMilliampHours} mAh last.",
        ["policy", .. Names()],
        [
            .. Lives().GroupBy(life => life.Policy).SelectMany(group => new[]
            {
                Row(group.Key, group.Select(life => Current(life.Milliamps))),
                Row("lasts", group.Select(life => Time(life.Milliamps))),
            }),
            Row("light sleep over the likely range of speeds", Committed.Chips.Select(cost => $"{Current(Sleeping(cost, cost.Milliseconds.Low))} to {Current(Sleeping(cost, cost.Milliseconds.High))}")),
            Row("deep sleep, waiting for motion", Committed.Chips.Select(cost => Deep(cost.Chip) is { } deep ? Number(deep, "0.00") + " mA" : "none")),
        ]);

    private ReportTable Models() => new(
        $"**Models**, in light sleep between bursts: current, and how long {BatteryMilliampHours} mAh last. The rows are the run files of `docs/results`.",
        ["model", "sensor", .. Names()],
        [
            .. models.Select(model => new[] { $"{model.Name} ({model.Report.ModelId})", Number(model.Report.SensorMilliamps ?? ChipCost.SensorMilliamps) + " mA" }
                .Concat(model.Report.Chips.Select(cost => $"{Current(Sleeping(cost))}, {Time(Sleeping(cost))}")).ToArray()),
        ]);

    private ReportTable Sensors() => new(
        $"**Sensors**, model {Committed.ModelId}, in light sleep between bursts: current, and how long {BatteryMilliampHours} mAh last. The LSM6DS3TR-C's longer burst and its resampling are in it.",
        ["sensor", "draws", .. Names()],
        [
            .. OtherSensors.Select(sensor => new[] { sensor.Name, Number(sensor.Milliamps) + " mA" }
                .Concat(Committed.Chips.Select(cost => With(cost, sensor)).Select(milliamps => $"{Current(milliamps)}, {Time(milliamps)}")).ToArray()),
        ]);

    // Reading and resampling are spent awake.
    private double With(ChipCost cost, (string Name, double Milliamps, bool IsResampled) sensor)
    {
        var awakeMs = sensor.IsResampled ? MoreReadingMs + (ResamplingInstructions * cost.Milliseconds.Likely / Committed.PerDecision.Weight) : 0;
        return Sleeping(cost) - (Committed.SensorMilliamps ?? ChipCost.SensorMilliamps) + sensor.Milliamps + (awakeMs / HopMs * (cost.Chip.RunningMilliamps - cost.Chip.LightSleepMilliamps));
    }

    private IEnumerable<string> Names() => Committed.Chips.Select(CostTables.NameOf);

    /// <summary>Every policy on every chip, and a model without gyroscope in light sleep where there is one.</summary>
    private IEnumerable<BatteryLife> Lives()
    {
        var sensor = Committed.SensorMilliamps ?? ChipCost.SensorMilliamps;
        List<(string Policy, Func<ChipCost, double?> Milliamps, CostReport Report)> policies =
        [
            ("awake all the time", cost => cost.Chip.RunningMilliamps + sensor, Committed),
            ("light sleep between bursts", cost => Sleeping(cost), Committed),
            ($"the same {WornHours} hours a day, deep sleep the rest", cost => Deep(cost.Chip) is { } deep ? (Sleeping(cost) * WornHours + deep * (24 - WornHours)) / 24 : null, Committed),
            .. models.Where(model => model.Report.SensorMilliamps < ChipCost.SensorMilliamps)
                .Select(model => ($"light sleep, {model.Name}", (Func<ChipCost, double?>)(cost => Sleeping(cost)), model.Report)),
        ];
        return policies.SelectMany(policy => policy.Report.Chips.Zip(Names(), (cost, name) => new BatteryLife(policy.Policy, name, policy.Milliamps(cost))));
    }

    // Mean current over a hop; with another time for the computing than the likely one, the difference is spent awake instead of asleep.
    private static double Sleeping(ChipCost cost, double? computingMs = null) =>
        cost.Energy.Sum(part => part.Millijoules) / Volts / HopMs * 1000
        + ((computingMs ?? cost.Milliseconds.Likely) - cost.Milliseconds.Likely) / HopMs * (cost.Chip.RunningMilliamps - cost.Chip.LightSleepMilliamps);

    private static double? Deep(Chip chip) =>
        DeepSleepMilliamps.TryGetValue(chip.Board, out var asleep) ? asleep + WatchingMilliamps + chip.RunningMilliamps * StartSeconds / StartEverySeconds : null;

    private static string Current(double? milliamps) => milliamps is { } known ? Number(known, known < 10 ? "0.0" : "0") + " mA" : "–";

    private static string Time(double? milliamps) => milliamps is { } known ? BatteryLife.Words(BatteryMilliampHours / known) : "–";

    private static string[] Row(string name, IEnumerable<string> cells) => [name, .. cells];

    private static string Whole(double value) => Number(value, "0");

    private static string Number(double value, string format = "0.0") => value.ToString(format, CultureInfo.InvariantCulture);
}

/// <summary>How long a battery lasts on a chip.</summary>
/// <param name="Policy">What the board does.</param>
/// <param name="Chip">With its clock.</param>
/// <param name="Milliamps">Mean current; null where the chip cannot do it.</param>
internal sealed record BatteryLife(string Policy, string Chip, double? Milliamps)
{
    private const double HoursTold = 48;

    /// <summary>Hours up to two days, then days.</summary>
    public static string Words(double hours) => hours <= HoursTold
        ? hours.ToString("0", CultureInfo.InvariantCulture) + " h"
        : (hours / 24).ToString("0.0", CultureInfo.InvariantCulture) + " days";
}

/// <summary>Battery life as bars, a group for each chip, 390 units wide as the drawings of wires.</summary>
internal static class BatteryPlot
{
    private const double Width = 390;
    private const double Left = 10;
    private const double BarHeight = 13;
    private const double Longest = 250;

    private static readonly string[] Colours = ["#9aa5b1", "#1565c0", "#2e7d32", "#d84300", "#7b1fa2"];

    /// <summary>The plot.</summary>
    public static string Of(IReadOnlyList<BatteryLife> lives)
    {
        var svg = new SvgText();
        var policies = lives.Select(life => life.Policy).Distinct().ToList();
        var most = lives.Max(life => Hours(life) ?? 0);
        svg.Words(new(Width / 2, 20), $"How long {PowerPage.BatteryMilliampHours} mAh last, estimated", 14, "middle", isBold: true);
        svg.Words(new(Width / 2, 37), "chip and sensor alone, without a DevKit's bridge and LEDs", 11, "middle");
        var y = 60.0;
        for (var i = 0; i < policies.Count; i++)
        {
            svg.Box(Left, y - 9, 11, 11, Colours[i % Colours.Length], "none", 0);
            svg.Words(new(Left + 18, y), policies[i], 11);
            y += 16;
        }

        foreach (var chip in lives.GroupBy(life => life.Chip))
        {
            y += 12;
            svg.Words(new(Left, y), chip.Key, 12, isBold: true);
            y += 6;
            foreach (var life in chip)
            {
                var length = (Hours(life) ?? 0) / most * Longest;
                svg.Box(Left, y, length, BarHeight - 2, Colours[policies.IndexOf(life.Policy) % Colours.Length], "none", 0);
                svg.Words(new(Left + length + 6, y + 9.5), Hours(life) is { } hours ? BatteryLife.Words(hours) : "no deep sleep at rest on this chip", 11);
                y += BarHeight + 1;
            }
        }

        return svg.File(Width, y + 10, $"Battery life of {PowerPage.BatteryMilliampHours} mAh by chip and power policy");
    }

    private static double? Hours(BatteryLife life) => PowerPage.BatteryMilliampHours / life.Milliamps;
}
