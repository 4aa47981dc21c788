namespace HarEdge.DeviceTwin.Tests;

/// <summary>What acquisition and telemetry leave to the garbage collector, from the costs measured on the interpreter.</summary>
public class GarbageTests
{
    // Bytes on an ESP32-sized heap: I2cDevice.WriteRead 7 objects, Write 6; a string is its characters and two blocks of twelve bytes,
    // and Console.WriteLine makes one more object, taken as a second copy.
    private const int ReadBytes = 300;
    private const int WriteBytes = 252;
    private const int BudgetBytesPerSecond = 1500;

    [Fact]
    public void Acquisition_and_telemetry_stay_below_their_budget()
    {
        var wearable = new Wearable();
        wearable.Run(10);
        var bus = wearable.Device.Machine.Bus;
        var (reads, writes, start) = (bus.Reads, bus.Writes, wearable.Device.Elapsed);
        wearable.Lines.Clear();
        wearable.Run(300);
        var bytes = ((bus.Reads - reads) * ReadBytes) + ((bus.Writes - writes) * WriteBytes) + wearable.Lines.Sum(StringBytes);
        var perSecond = bytes / (wearable.Device.Elapsed - start).TotalSeconds;
        Assert.InRange(perSecond, 1, BudgetBytesPerSecond);
        Assert.Contains($"{Math.Round(perSecond / 100) * 100:0} B/s", Repository.Read("firmware", "README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Short_reads_make_as_much_garbage_as_is_said()
    {
        var wearable = new Wearable();
        wearable.Device.Machine.Bus.LongestRead = 32;
        wearable.Run(30);
        var bus = wearable.Device.Machine.Bus;
        var (reads, start) = (bus.Reads, wearable.Device.Elapsed);
        wearable.Run(300);
        var perSecond = (bus.Reads - reads) * ReadBytes / (wearable.Device.Elapsed - start).TotalSeconds;
        Assert.Contains($"{Math.Round(perSecond / 1000):0} kB of garbage a second", Repository.Read("firmware", "README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_are_made_at_their_stated_rate_and_no_others()
    {
        const int Minutes = 5;
        var wearable = new Wearable();
        wearable.Run(90);
        wearable.Lines.Clear();
        wearable.Run(60 * Minutes);
        var byKind = wearable.Lines.GroupBy(line => line.Split(',')[0]).ToDictionary(group => group.Key, group => group.Count());
        Assert.InRange(byKind["$HD"], (60 * Minutes / 1.28) - 2, (60 * Minutes / 1.28) + 2);
        foreach (var (kind, each) in new[] { ("$HB", 1), ("$HN", new EnergyModel().ClassCount), ("$HH", 1), ("$HT", 1) })
        {
            Assert.InRange(byKind[kind], (Minutes - 1) * each, (Minutes + 1) * each);
        }

        // A calibration at each change as well; otherwise nothing happened, and nobody records.
        Assert.InRange(byKind["$HC"], Minutes - 1, 60);
        Assert.DoesNotContain("$HR", byKind.Keys);
        Assert.Equal(["$HB", "$HC", "$HD", "$HH", "$HN", "$HT"], byKind.Keys.Except(["$HE"]).Order(StringComparer.Ordinal));
    }

    private static int StringBytes(string line) => 2 * (24 + ((line.Length + 12) / 12 * 12));
}
