using System.Text;
using HarEdge.Cli.Twin;
using HarEdge.Core.Generated;
using HarEdge.DeviceTwin;
using HarEdge.Trainer;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Cli.Tests.Link;

/// <summary>The session behind <c>twin</c>.</summary>
public sealed class TwinSessionTests
{
    // CRC of "HX,0,RECORD" by a calculator of its own.
    private const string RecordCommand = "$HX,0,RECORD*9B94\r\n";

    private static readonly IReadOnlyList<Recording> Worn = SyntheticWearer.Create(new SyntheticOptions { Subjects = 2, SecondsPerActivity = 20 }).Recordings;

    [Fact]
    public void A_command_sent_to_the_port_reaches_the_device()
    {
        var lines = new List<string>();
        var sent = false;
        var session = new TwinSession(new SimulatedDevice(new ActivityModel(), options: new TwinOptions { HasCommandPort = true }), new WornInTurn(Worn, endless: false)) { EndSeconds = 10 };
        session.Run(lines.Add, Send, CancellationToken.None);
        Assert.Contains(lines, line => line.Contains(",RECORD_ON,", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("$HR,", StringComparison.Ordinal));

        int Send(byte[] buffer)
        {
            var count = sent ? 0 : Encoding.ASCII.GetBytes(RecordCommand, buffer);
            sent = true;
            return count;
        }
    }

    [Fact]
    public void Recordings_follow_each_other_without_a_hole_and_begin_again_when_endless()
    {
        var once = new WornInTurn(Worn, endless: false);
        var endless = new WornInTurn(Worn, endless: true);
        long length = Worn.Sum(recording => recording.Runs.Sum(run => run.Length));
        var expected = Worn.SelectMany(recording => recording.Runs.SelectMany(run => recording.Channels[2][run.Start..run.End])).ToList();
        var counts = new short[6];
        for (long i = 0; i < length; i++)
        {
            Assert.True(once.TryRead(i, counts));
            Assert.Equal(expected[(int)i], counts[2]);
        }

        Assert.False(once.TryRead(length, counts));
        Assert.True(endless.TryRead(length + 3, counts));
        Assert.Equal(expected[3], counts[2]);
    }

    [Fact]
    public void Data_without_a_sample_is_refused()
    {
        Assert.Throws<InputException>(() => new WornInTurn([], endless: true));
    }
}
