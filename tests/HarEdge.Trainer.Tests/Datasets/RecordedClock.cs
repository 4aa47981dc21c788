namespace HarEdge.Trainer.Tests.Datasets;

/// <summary>
/// The timestamps that a logger makes of a true clock: jitter, bursts of 1 to 40 rows, ticks of up to 50, repeated timestamps, up to 30 % lost, the clock set forward
/// and back, in any combination. Where rows that share their time are lost singly, or a loss drowns in jitter or in fewer than 60 bursts, the timestamps are
/// those of a slower clock without loss, too: there the rate lies between that one and the true one (<see cref="IsTold"/> is false).
/// </summary>
/// <param name="RateHz">Of the true clock.</param>
/// <param name="Seconds">Timestamps of the rows that are there.</param>
/// <param name="Lost">Rows that are not.</param>
/// <param name="LostBriefly">Those of them in gaps that are filled for certain (a little less than 200 ms).</param>
/// <param name="Slack">Share of the recording that a burst or tick at its ends is: nothing shows where in it the recording began and ended.</param>
/// <param name="IsTold">Whether the timestamps tell the loss.</param>
/// <param name="Description">For messages.</param>
internal sealed record RecordedClock(double RateHz, double[] Seconds, int Lost, int LostBriefly, double Slack, bool IsTold, string Description)
{
    private const double SurelyFilledSeconds = 0.15;

    /// <summary>Largest jitter either way, in periods.</summary>
    private const double MostJitter = 0.25;

    /// <summary>One seed, one recording.</summary>
    public static RecordedClock Create(int seed)
    {
        var random = new Random(seed);
        var rate = Math.Round(5 * Math.Pow(200, random.NextDouble()), random.Next(3));
        var rows = (int)(500 * Math.Pow(20, random.NextDouble()));
        var clock = random.Next(6) switch
        {
            0 => Bursts(random, rate, rows),
            1 => Coarse(random, rate, rows),
            2 or 3 => Combined(random, rate, rows),
            _ => OwnTimestamps(random, rate, rows),
        };
        return clock.WithSteps(random);
    }

    /// <summary>Every row has its own timestamp, with jitter and a resolution; single rows or runs of them are lost.</summary>
    private static RecordedClock OwnTimestamps(Random random, double rate, int rows)
    {
        var share = Share(random);
        var lost = random.Next(2) == 0 ? LoseSingly(random, rows, share) : LoseInRuns(random, rows, share, 1);
        var jitter = MostJitter * random.NextDouble();
        var resolution = random.Next(3) switch { 0 => 0, 1 => 1e-6 * rate, _ => 0.25 * random.NextDouble() };
        double[] stamps = [.. Enumerable.Range(0, rows).Where(row => !lost[row])
            .Select(row => Floor(row + jitter * (2 * random.NextDouble() - 1), resolution) / rate)];
        return new RecordedClock(rate, stamps, lost.Count(true), Briefly(lost, rate), 0, true, $"own timestamps, jitter {jitter:0.00}, resolution {resolution:0.00}, loss {share:0.00}");
    }

    /// <summary>Rows come in packets and are stamped on arrival; packets are lost.</summary>
    private static RecordedClock Bursts(Random random, double rate, int rows)
    {
        var burst = random.Next(2, 41);
        var isUneven = burst > 4 && random.Next(2) == 0;
        rows = Math.Max(rows, 60 * burst);
        var share = isUneven || burst < 4 ? 0 : Share(random);
        var lost = LoseInRuns(random, rows - rows % burst, share, burst);
        var between = 0.1 * random.NextDouble() / burst;
        var late = 0.3 * random.NextDouble();
        List<double> stamps = [];
        for (var start = 0; start < lost.Length;)
        {
            var size = isUneven ? Math.Min(lost.Length - start, random.Next(1, burst + 1)) : burst;
            var arrival = start + size + late * random.NextDouble();
            if (!lost[start])
            {
                stamps.AddRange(Enumerable.Range(0, size).Select(row => (arrival + row * between) / rate));
            }

            start += size;
        }

        return new RecordedClock(rate, [.. stamps], lost.Count(true), Briefly(lost, rate), 0, true, $"bursts of {(isUneven ? "1 to " : "")}{burst}, loss {share:0.00}");
    }

    /// <summary>Ticks of up to 50 periods.</summary>
    private static RecordedClock Coarse(Random random, double rate, int rows)
    {
        var tick = Math.Pow(50, random.NextDouble());
        double[] stamps = [.. Enumerable.Range(0, Math.Max(rows, (int)(60 * tick))).Select(row => Floor(row + 0.1 * random.NextDouble(), tick) / rate)];
        return new RecordedClock(rate, stamps, 0, 0, 0, true, $"ticks of {tick:0.0} rows");
    }

    /// <summary>Everything at once: any jitter, packets of any size, any resolution, repeats, and rows lost singly or in runs wherever they stand.</summary>
    private static RecordedClock Combined(Random random, double rate, int rows)
    {
        var share = Share(random);
        var lost = random.Next(2) == 0 ? LoseSingly(random, rows, share) : LoseInRuns(random, rows, share, 1);
        var jitter = random.NextDouble();
        var burst = random.Next(3) == 0 ? 1 : random.Next(1, 41);
        var tick = random.Next(2) == 0 ? 0 : Math.Pow(50, random.NextDouble());
        var repeats = random.Next(2) == 0 ? 0 : 0.1 * random.NextDouble();
        List<double> stamps = [];
        double arrival = 0;
        for (int row = 0, left = 0; row < rows; row++, left--)
        {
            if (left == 0)
            {
                left = random.Next(1, burst + 1);
                arrival = row + left - 1 + jitter * random.NextDouble();
            }

            if (!lost[row])
            {
                var stamp = Floor(burst == 1 ? row + jitter * random.NextDouble() : arrival, tick) / rate;
                stamps.Add(stamps.Count > 0 && random.NextDouble() < repeats ? stamps[^1] : stamp);
            }
        }

        return new RecordedClock(
            rate, [.. stamps], lost.Count(true), Briefly(lost, rate), (burst - 1 + tick) / stamps.Count, share == 0,
            $"jitter {jitter:0.00}, bursts of 1 to {burst}, ticks of {tick:0.0} rows, repeats {repeats:0.00}, loss {share:0.00}");
    }

    private static int Briefly(bool[] lost, double rate)
    {
        var briefly = 0;
        for (var row = 0; row < lost.Length;)
        {
            var end = row;
            while (end < lost.Length && lost[end])
            {
                end++;
            }

            briefly += end - row <= SurelyFilledSeconds * rate ? end - row : 0;
            row = end + 1;
        }

        return briefly;
    }

    /// <summary>The clock is set forward or back up to three times, by more than a burst.</summary>
    private RecordedClock WithSteps(Random random)
    {
        double[] stamps = [.. Seconds];
        var steps = random.Next(3) == 0 ? random.Next(1, 4) : 0;
        for (var step = 0; step < steps; step++)
        {
            var by = (random.Next(2) == 0 ? -1 : 1) * Math.Exp(8 * random.NextDouble()) * Math.Max(0.3, 160 / RateHz);
            for (var row = random.Next(stamps.Length / 4, stamps.Length); row < stamps.Length; row++)
            {
                stamps[row] += by;
            }
        }

        return this with { Seconds = stamps, Description = $"{RateHz} Hz, {Description}, {stamps.Length} rows, {steps} clock steps" };
    }

    private static double Share(Random random) => random.Next(3) == 0 ? 0 : 0.3 * random.NextDouble();

    private static bool[] LoseSingly(Random random, int rows, double share) =>
        [.. Enumerable.Range(0, rows).Select(row => row > 0 && row + 1 < rows && random.NextDouble() < share)];

    /// <summary>Runs of units, never the first and last unit.</summary>
    private static bool[] LoseInRuns(Random random, int rows, double share, int unit)
    {
        var lost = new bool[rows];
        for (var left = (int)(share * rows) / unit; left > 0;)
        {
            var first = random.Next(1, rows / unit - 1);
            for (var at = first; at < Math.Min(rows / unit - 1, first + random.Next(1, 20)) && left > 0; at++)
            {
                left -= lost[at * unit] ? 0 : 1;
                Array.Fill(lost, true, at * unit, unit);
            }
        }

        return lost;
    }

    private static double Floor(double value, double unit) => unit > 0 ? Math.Floor(value / unit) * unit : value;
}
