namespace HarEdge.Cli.Hardware;

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
