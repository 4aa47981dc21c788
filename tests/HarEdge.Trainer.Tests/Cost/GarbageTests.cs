using HarEdge.Core.Generated;
using HarEdge.DeviceTwin;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Tests.Cost;

public class GarbageTests
{
    [Fact]
    public void The_stated_garbage_is_what_the_twins_bus_and_console_make()
    {
        // The difference of a longer and a shorter run of the same motion: bringing up the sensor costs both the same.
        var (shortBytes, shortSeconds) = Play(50 * 60);
        var (longBytes, longSeconds) = Play(50 * 140);
        var stated = Garbage.BytesPerSecond(64, 50);
        Assert.InRange((longBytes - shortBytes) / (longSeconds - shortSeconds), 0.9 * stated, 1.05 * stated);
        Assert.InRange(stated, 1, 1500);
    }

    private static (long Bytes, double Seconds) Play(int samples)
    {
        var recording = SyntheticWearer.Create(new SyntheticOptions { Seed = 3, Subjects = 2 }).Recordings[0];
        var played = TwinRun.Play(new ActivityModel(), recording.Channels, [(0, samples)]);
        var bytes = (played.BusReads * Garbage.I2cWriteRead) + (played.BusWrites * Garbage.I2cWrite)
            + played.Lines.Sum(line => (long)Garbage.OfLine(line.Length));
        return (bytes, played.Elapsed.TotalSeconds);
    }
}
