using System.Globalization;
using HarEdge.Core;

namespace HarEdge.DeviceTwin.Tests;

public class ControlTests
{
    [Fact]
    public void A_recording_replayed_through_the_pipeline_gives_every_decision_bit_by_bit()
    {
        var wearable = new Wearable();
        wearable.Run(15);
        wearable.Device.Press(TimeSpan.FromSeconds(2));
        wearable.Run(60);
        wearable.Device.Inject(DeviceFault.BrownOut, TimeSpan.Zero, 1);
        wearable.Run(60);

        // Blocks come after the lines about their samples: sample numbers show what belongs where.
        var replay = new Pipeline(new EnergyModel());
        var restarts = wearable.Events("GAP").Append(wearable.Event("RECORD_ON")).Select(e => e.Sample).ToHashSet();
        var calibrations = wearable.Records('C').Select(f => f.Select(Number).ToArray()).ToLookup(c => c[0]);
        var next = wearable.Event("RECORD_ON").Sample + 1;
        var decided = 0;
        foreach (var block in wearable.Records('R'))
        {
            Assert.Equal(next, Number(block[0]));
            var bytes = Convert.FromBase64String(block[2]);
            Assert.Equal(Number(block[1]) * 12, bytes.Length);
            for (var i = 0; i < bytes.Length / 12; i++)
            {
                foreach (var c in calibrations[next - 1])
                {
                    replay.Calibration.SetGyroZero(c[1], c[2], c[3]);
                }

                if (restarts.Contains(next - 1))
                {
                    replay.Restart();
                }

                decided += Replay(wearable, replay, bytes.AsSpan(i * 12, 12), next) ? 1 : 0;
                next++;
            }
        }

        Assert.InRange(decided, 80, 100);
    }

    [Fact]
    public void The_same_press_ends_it()
    {
        var wearable = new Wearable();
        wearable.Run(5);
        wearable.Device.Press(TimeSpan.FromSeconds(2));
        wearable.Run(10);
        wearable.Device.Press(TimeSpan.FromSeconds(2));
        wearable.Run(10);
        var off = wearable.Event("RECORD_OFF").Sample;
        var last = wearable.Records('R')[^1];
        Assert.Equal(off, Number(last[0]) + Number(last[1]) - 1);
        Assert.Equal(wearable.Event("RECORD_ON").Sample + 1, Number(wearable.Records('R')[0][0]));
    }

    [Theory]
    [InlineData("ESP32_REV3")]
    [InlineData("ESP32_S3_QUAD")]
    [InlineData("ESP32_C3")]
    public void In_light_sleep_every_press_of_a_fifth_of_a_second_counts_once_whenever_it_comes(string target)
    {
        var wearable = new Wearable(options: new TwinOptions { TargetName = target, SleepsLightly = true }, motion: new NoisyMotion(3));
        wearable.Run(10);

        // 1.28 s are a hop: 61 presses, 2,117 ms apart, fall into every part of it.
        for (var press = 1; press <= 61; press++)
        {
            wearable.Device.Press(TimeSpan.FromMilliseconds(200));
            wearable.Run(2.8);
            wearable.Device.Machine.Clock.AdvanceMs(17);
            Assert.Equal(press, wearable.Events("WEAR_START").Count);
        }

        Assert.Empty(wearable.Events("RECORD_ON"));
        Assert.Empty(wearable.Events("GAP"));
    }

    [Theory]
    [InlineData("ESP32_REV3")]
    [InlineData("ESP32_S3_QUAD")]
    [InlineData("ESP32_C3")]
    public void In_light_sleep_a_long_press_switches_recording_and_a_bounce_does_nothing(string target)
    {
        var wearable = new Wearable(options: new TwinOptions { TargetName = target, SleepsLightly = true });
        wearable.Run(10);
        for (var turn = 1; turn <= 10; turn++)
        {
            wearable.Device.Press(TimeSpan.FromMilliseconds(10));
            wearable.Run(2.31);
            wearable.Device.Press(TimeSpan.FromMilliseconds(1700));
            wearable.Run(4.07);
            Assert.Equal(turn, wearable.Events("RECORD_ON").Count + wearable.Events("RECORD_OFF").Count);
        }

        Assert.Empty(wearable.Events("WEAR_START"));
    }

    [Fact]
    public void A_bounce_is_no_press()
    {
        var wearable = new Wearable();
        wearable.Run(5);
        wearable.Device.Press(TimeSpan.FromMilliseconds(10));
        wearable.Run(10);
        Assert.Empty(wearable.Events("WEAR_START"));
    }

    [Fact]
    public void Replayed_samples_give_the_decisions_of_the_pipeline()
    {
        var wearable = new Wearable(options: Wearable.WithPort);
        wearable.Run(5);
        wearable.Command("REPLAY");
        wearable.Decisions.Clear();
        var pipeline = new Pipeline(new EnergyModel());
        var expected = new List<int>();
        for (var block = 0; block < 100; block++)
        {
            for (var i = 0; i < 12; i++)
            {
                var c = new short[6];
                NoisyMotion.SampleAt(9, (block * 12) + i, c);
                if (pipeline.Step(c[0], c[1], c[2], c[3], c[4], c[5]))
                {
                    expected.Add(Crc16.OfInts(pipeline.Scores));
                }
            }

            wearable.Device.Send(Wearable.Block(9, block * 12));
            wearable.Run(0.02);
            Assert.Equal(block + 1, wearable.Events("BLOCK").Count);
        }

        Assert.Equal(expected, wearable.Decisions.Select(d => Crc16.OfInts(d.Scores)));
        wearable.Command("LIVE");
        wearable.Run(5);
        Assert.True(wearable.Decisions.Count > expected.Count);
        Assert.Empty(wearable.Events("GAP"));
    }

    [Fact]
    public void A_press_during_replay_steps_nothing_and_starts_nothing()
    {
        var wearable = new Wearable(options: Wearable.WithPort);
        wearable.Run(5);
        wearable.Command("REPLAY");
        wearable.Device.Send(Wearable.Block(9, 0));
        wearable.Run(0.1);
        var before = wearable.Event("BLOCK").Sample;
        wearable.Device.Press(TimeSpan.FromMilliseconds(200));
        wearable.Run(1);
        wearable.Device.Press(TimeSpan.FromSeconds(2));
        wearable.Run(3);
        Assert.Equal(before, wearable.Event("WEAR_FAILED").Sample);
        Assert.Equal(4, wearable.Event("WEAR_FAILED").Detail);
        Assert.Empty(wearable.Events("RECORD_ON"));
        wearable.Device.Send(Wearable.Block(9, 12));
        wearable.Run(0.1);
        Assert.Equal([before, before + 12], wearable.Events("BLOCK").Select(e => e.Sample));
    }

    [Fact]
    public void A_wear_calibration_ends_where_replay_begins()
    {
        var wearable = new Wearable(new EnergyModel(standsOnX: true), options: Wearable.WithPort, motion: new SteadyMotion([7000, 3000, 3000, 0, 0, 0]));
        wearable.Run(5);
        wearable.Device.Press(TimeSpan.FromMilliseconds(200));
        wearable.Run(2);
        wearable.Command("REPLAY");
        Assert.Equal(4, wearable.Event("WEAR_FAILED").Detail);
        for (var block = 0; block < 30; block++)
        {
            wearable.Device.Send(Wearable.Block(9, block * 12));
        }

        wearable.Run(5);
        Assert.Equal(30, wearable.Events("BLOCK").Count);
        Assert.Empty(wearable.Events("WEAR_DONE"));
        Assert.Empty(wearable.Records('C'));
    }

    [Fact]
    public void Presses_between_two_turns_of_the_loop_are_all_served()
    {
        var wearable = new Wearable();
        wearable.Run(5);
        wearable.Device.Machine.Clock.AdvanceMs(1);
        Press(0, 100);
        Press(200, 100);
        Press(400, 1600);
        wearable.Device.Machine.OversleepMs = 2000;
        wearable.Run(10);
        Assert.Equal(2, wearable.Events("WEAR_START").Count);
        Assert.Single(wearable.Events("RECORD_ON"));

        void Press(int afterMs, int heldMs)
        {
            var machine = wearable.Device.Machine;
            var now = machine.Clock.NowMicros;
            machine.Clock.At(now + (1000 * afterMs), () => machine.Pins.Pull(0, true));
            machine.Clock.At(now + (1000 * (afterMs + heldMs)), () => machine.Pins.Pull(0, false));
        }
    }

    [Fact]
    public void Noise_and_wrong_checksums_are_dropped_and_unknown_verbs_named()
    {
        var wearable = new Wearable(options: Wearable.WithPort);
        wearable.Run(5);
        var random = new Random(3);
        var noise = new byte[5000];
        random.NextBytes(noise);
        wearable.Device.Send(noise);
        wearable.Device.Send("\n$HX,0,RECORD*0000\n"u8);
        wearable.Device.Send(new byte[2000]);
        wearable.Device.Send("\n"u8);
        wearable.Run(5);
        Assert.Empty(wearable.Events("RECORD_ON"));
        wearable.Command("DANCE");
        Assert.Single(wearable.Events("BAD_COMMAND"));
        wearable.Command("RECORD");
        Assert.Single(wearable.Events("RECORD_ON"));
        wearable.Command("STOP");
        Assert.Single(wearable.Events("RECORD_OFF"));
        wearable.Lines.Clear();
        wearable.Command("INFO");
        Assert.Single(wearable.Records('H'));
    }

    [Theory]
    [InlineData("HR,0,1,1,AAAA")]
    [InlineData("HR,0,1,1,AAAAAAAAAAAAAAA=")]
    [InlineData("HR,0,1,1,AAAA AAAAAAAAAAA")]
    [InlineData("HR,0,1,1,")]
    [InlineData("HR,0")]
    [InlineData("HX")]
    public void Malformed_lines_with_a_right_checksum_change_nothing(string body)
    {
        var wearable = new Wearable(options: Wearable.WithPort);
        wearable.Run(5);
        wearable.Command("REPLAY");
        wearable.Device.Send(Wearable.Framed(body));
        wearable.Run(1);
        Assert.Empty(wearable.Events("BLOCK"));
    }

    // True when the sample completed a window; then the device said the same about it.
    private static bool Replay(Wearable wearable, Pipeline pipeline, ReadOnlySpan<byte> bytes, int number)
    {
        var counts = new short[6];
        for (var channel = 0; channel < 6; channel++)
        {
            counts[channel] = System.Buffers.Binary.BinaryPrimitives.ReadInt16BigEndian(bytes[(2 * channel)..]);
        }

        if (!pipeline.Step(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]))
        {
            return false;
        }

        var said = Assert.Single(wearable.Records('D'), d => Number(d[0]) == number);
        Assert.Equal(Hex(Crc16.OfInts(pipeline.Features)), said[6]);
        Assert.Equal(Hex(Crc16.OfInts(pipeline.Scores)), said[7]);
        Assert.Equal(pipeline.Decision, Number(said[1]));
        return true;
    }

    private static string Hex(int crc) => crc.ToString("X4", CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
