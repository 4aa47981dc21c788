using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Trainer.Tests.Telemetry;

/// <summary>
/// Whole streams of the firmware's lines, as text and in frames, with bytes changed, doubled, removed and cut, in portions of any size,
/// through reader and watch. HAREDGE_FUZZ_LINES sets how many lines; the seed is fixed.
/// </summary>
public sealed class StreamFuzzTests
{
    private const int LinesInStream = 10;

    [Fact]
    public void Every_damaged_stream_is_read_to_its_end_and_the_next_one_is_read_well()
    {
        var count = long.Parse(Environment.GetEnvironmentVariable("HAREDGE_FUZZ_LINES") ?? "100000");
        var originals = DeviceLines.OfTwin.Select(line => DeviceLines.Plain([line])).ToArray();
        var reader = new TelemetryReader();
        var watch = new DeviceWatch();
        var random = new Random(2);
        var bytes = 0L;
        for (long lines = 0; lines < count; lines += LinesInStream)
        {
            var stream = DamagedStreams.Damage(DamagedStreams.Of(originals, LinesInStream, random), random);
            for (var at = 0; at < stream.Count;)
            {
                var portion = Math.Min(random.Next(1, 2000), stream.Count - at);
                reader.Read(stream.GetRange(at, portion).ToArray(), watch.Take);
                at += portion;
            }

            bytes += stream.Count;
            reader.Finish(watch.Take);
        }

        var statistics = reader.Statistics;
        Assert.Equal(bytes, statistics.Bytes);
        Assert.True(statistics.Records > count / 4 && statistics.CrcFailures > 0 && statistics.BrokenFrames > 0 && statistics.NoiseBytes > 0);
        Assert.All(statistics.Explain(), sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
        var good = new List<TelemetryRecord>();
        reader.Read(DeviceLines.Plain(DeviceLines.OfTwin.Take(5)), good.Add);
        Assert.Equal(5, good.Count);
    }
}
