using HarEdge.Trainer.Telemetry;

namespace HarEdge.Trainer.Tests.Telemetry;

/// <summary>A wire with nothing of ours on it. HAREDGE_NOISE_MEGABYTES sets how much; the seed is fixed.</summary>
public sealed class NoiseTests
{
    [Fact]
    public void Any_amount_of_noise_is_counted_and_explained_and_takes_no_memory()
    {
        var megabytes = int.Parse(Environment.GetEnvironmentVariable("HAREDGE_NOISE_MEGABYTES") ?? "16");
        var random = new Random(4);
        var portion = new byte[1 << 14];
        var reader = new TelemetryReader();
        var records = 0;
        Pass(64);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var portions = megabytes << 6;
        Pass(portions);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        reader.Finish(_ => records++);
        Assert.Equal((portions + 64L) << 14, reader.Statistics.Bytes);
        Assert.Equal(0, records);
        Assert.Contains(reader.Statistics.Explain(), sentence => sentence.Contains("check that the board runs HarEdge", StringComparison.Ordinal));

        // Two delegates a portion, nothing a byte.
        Assert.InRange(allocated / portions, 0, 1024);

        void Pass(int count)
        {
            for (var i = 0; i < count; i++)
            {
                random.NextBytes(portion);
                reader.Read(portion, _ => records++);
            }
        }
    }
}
