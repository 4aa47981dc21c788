using System.Globalization;

namespace HarEdge.DeviceTwin.Tests;

/// <summary>Whole lives of the device with the settings that ship, on each board and each identity. In none of them does a window span a hole.</summary>
public class LifeTests
{
    private const int Second = 50;

    private static readonly short[] Standing = [7000, 3000, 3000, 10, 10, 10];

    public static TheoryData<string, int, bool> BoardsAndIdentities
    {
        get
        {
            var all = new TheoryData<string, int, bool>();
            all.Add("ESP32_PICO M5StickC-Plus", 0x19, true);
            all.Add("ESP32_PICO M5StickC-Plus", 0x19, false);
            foreach (var board in new[] { "ESP32_REV3", "ESP32_S3_QUAD", "ESP32_C3", "ESP32_S3_OCTAL XIAO", "ESP32_C3 XIAO" })
            {
                foreach (var identity in new[] { 0x68, 0x70, 0x71, 0x72, 0x73, 0x98, 0x19, 0x6A })
                {
                    all.Add(board, identity, true);
                }
            }

            foreach (var identity in new[] { 0x68, 0x70, 0x71, 0x72, 0x73, 0x98, 0x19, 0x6A })
            {
                all.Add("ESP32_REV3", identity, false);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(BoardsAndIdentities))]
    public void A_day_with_everything_a_user_does(string board, int identity, bool readsGyroscope)
    {
        var options = Shipped(board, identity);
        var wearable = new Wearable(new EnergyModel(standsOnX: true, readsGyroscope: readsGyroscope), new EnergyAnswers(), options, new SteadyMotion(Standing, 60 * Second, 120 * Second));
        wearable.Run(20);
        Assert.Equal("PASS", wearable.Records('K')[0][1]);
        Assert.NotEmpty(wearable.Decisions);

        wearable.Device.Press(TimeSpan.FromMilliseconds(300));
        wearable.Run(15);
        Assert.Single(wearable.Events("WEAR_START"));
        Assert.Single(wearable.Events("WEAR_DONE"));

        wearable.Device.Press(TimeSpan.FromSeconds(2));
        wearable.Run(30);
        wearable.Device.Press(TimeSpan.FromSeconds(2));
        wearable.Run(5);
        Assert.Single(wearable.Events("RECORD_ON"));
        Assert.Single(wearable.Events("RECORD_OFF"));

        wearable.Device.SensorAttached = false;
        wearable.Run(10);
        wearable.Device.SensorAttached = true;
        wearable.Run(60);
        Assert.Single(wearable.Events("GAP"));

        var failures = 5;
        wearable.Device.Machine.RunsOutOfMemory = line => line[2] == 'D' && failures-- > 0;
        wearable.Run(60);
        Assert.Equal("MEMORY", wearable.Records('B')[^1][10]);
        AssertNoWindowSpansAHole(wearable);
    }

    [Theory]
    [MemberData(nameof(BoardsAndIdentities))]
    public void Fifteen_minutes_of_rest_let_the_board_sleep_where_motion_can_wake_it(string board, int identity, bool readsGyroscope)
    {
        var options = Shipped(board, identity);
        var wearable = new Wearable(new EnergyModel(readsGyroscope: readsGyroscope), options: options, motion: new RestThenMotion(30 * 60));
        wearable.Run(17 * 60);
        if (!WakesOnMotion(board))
        {
            Assert.Equal((0, 1), wearable.Event("NO_WAKE"));
            Assert.False(wearable.Device.IsAsleep);
            Assert.Empty(wearable.Events("DEEP_SLEEP"));
        }
        else
        {
            Assert.Empty(wearable.Events("NO_WAKE"));
            Assert.True(wearable.Device.IsAsleep);
            Assert.InRange(wearable.Event("DEEP_SLEEP").Detail, 900, 905);
            wearable.Run(3 * 60 * 60);
            Assert.Contains(wearable.Records('B'), banner => banner[10] == "MOTION");
            Assert.Single(wearable.Events("AWAKE"));
        }

        AssertNoWindowSpansAHole(wearable);
    }

    [Theory]
    [InlineData("ESP32_REV3")]
    [InlineData("ESP32_S3_OCTAL")]
    public void A_board_whose_INT_is_open_says_so_and_stays_awake(string target)
    {
        var wearable = new Wearable(options: new TwinOptions { TargetName = target, IsInterruptWired = false }, motion: new SteadyMotion(Standing));
        wearable.Run(20 * 60);
        Assert.Equal((0, 2), wearable.Event("NO_WAKE"));
        Assert.Empty(wearable.Events("DEEP_SLEEP"));
        Assert.Empty(wearable.Events("GAP"));
    }

    [Theory]
    [MemberData(nameof(BoardsAndIdentities))]
    public void The_timer_checks_every_half_hour_and_lets_the_board_sleep_on(string board, int identity, bool readsGyroscope)
    {
        var wearable = AtRest(board, identity, readsGyroscope);
        if (!WakesOnMotion(board))
        {
            wearable.Run(40 * 60);
            Assert.Empty(wearable.Events("SLEEPS_ON"));
            Assert.False(wearable.Device.IsAsleep);
            return;
        }

        wearable.Run(100 * 60);
        Assert.Equal(3, wearable.Events("SLEEPS_ON").Count);
        Assert.All(wearable.Events("SLEEPS_ON").Select((look, i) => (look.Detail, i)), look => Assert.InRange(look.Detail, (1800 * (look.i + 1)) - 2, (1800 * (look.i + 1)) + 5));
        Assert.True(wearable.Device.IsAsleep);
    }

    [Theory]
    [MemberData(nameof(BoardsAndIdentities))]
    public void A_sensor_that_lost_its_power_while_the_board_sleeps_deeply_is_found_by_the_timer(string board, int identity, bool readsGyroscope)
    {
        var wearable = AtRest(board, identity, readsGyroscope);
        wearable.Device.Inject(DeviceFault.BrownOut, TimeSpan.Zero, 1);
        if (!WakesOnMotion(board))
        {
            wearable.Run(10);
            Assert.Equal((int)Firmware.SensorStatus.SensorReset, wearable.Event("GAP").Detail);
            return;
        }

        if (board.EndsWith("Plus", StringComparison.Ordinal))
        {
            // Its INT pulls the line of a board that takes low for motion, at once.
            wearable.Run(1);
            Assert.Equal("MOTION", wearable.Records('B')[^1][10]);
            return;
        }

        wearable.Run(28 * 60);
        Assert.True(wearable.Device.IsAsleep);
        wearable.Run(3 * 60);
        Assert.Equal("TIMER", wearable.Records('B')[^1][10]);
        Assert.InRange(wearable.Event("AWAKE").Detail, 1798, 1802);
        Assert.Empty(wearable.Events("SLEEPS_ON"));
        AssertNoWindowSpansAHole(wearable);
    }

    [Theory]
    [MemberData(nameof(BoardsAndIdentities))]
    public void A_sensor_that_is_gone_for_long_lets_the_board_sleep_until_it_is_back(string board, int identity, bool readsGyroscope)
    {
        var wearable = Worn(board, identity, readsGyroscope, new NoisyMotion(1));
        wearable.Run(60);
        wearable.Device.SensorAttached = false;
        wearable.Run(16 * 60);
        Assert.True(wearable.Device.IsAsleep);
        Assert.Equal(0, wearable.Event("DEEP_SLEEP").Detail);
        wearable.Run(40 * 60);
        Assert.True(wearable.Device.IsAsleep);
        Assert.Single(wearable.Events("SLEEPS_ON"));
        wearable.Device.SensorAttached = true;
        wearable.Run(30 * 60);
        Assert.Equal("TIMER", wearable.Records('B').Last(banner => banner[10] != "POWER")[10]);
        Assert.Contains(wearable.Decisions, decision => decision.ElapsedMs > 60 * 60 * 1000);
        AssertNoWindowSpansAHole(wearable);
    }

    [Theory]
    [MemberData(nameof(BoardsAndIdentities))]
    public void Wake_on_motion_that_the_sensor_refuses_is_tried_ever_more_seldom(string board, int identity, bool readsGyroscope)
    {
        var wearable = Worn(board, identity, readsGyroscope, new SteadyMotion(Standing));
        wearable.Run(60);

        // MOT_THR, which nothing but wake on motion writes; of the MPU6886 the one of x; WAKE_UP_THS. 15, 30 and 60 minutes of rest are asked for.
        wearable.Device.Sensor.RefusedRegister = identity switch { 0x19 => 0x20, 0x6A => 0x5B, _ => 0x1F };
        wearable.Run(104 * 60);
        Assert.False(wearable.Device.IsAsleep);
        Assert.Empty(wearable.Events("DEEP_SLEEP"));
        Assert.Equal(!WakesOnMotion(board) ? 0 : 2, wearable.Events("GAP").Count);
        AssertNoWindowSpansAHole(wearable);
    }

    [Theory]
    [MemberData(nameof(BoardsAndIdentities))]
    public void A_second_host_learns_within_a_minute_what_the_first_knew(string board, int identity, bool readsGyroscope)
    {
        var wearable = Worn(board, identity, readsGyroscope, new NoisyMotion(1));
        wearable.Run(600);
        wearable.Lines.Clear();
        wearable.Run(62);
        Assert.Equal("POWER", wearable.Records('B')[0][10]);
        Assert.Equal(2, wearable.Records('N').Select(name => name[1]).Distinct().Count());
        Assert.NotEmpty(wearable.Records('H'));
    }

    // The runtime's target, and after it the kind where it is not the chip's own development board.
    private static TwinOptions Shipped(string board, int identity)
    {
        var options = new TwinOptions { TargetName = board.Split(' ')[0], SensorIdentity = identity };
        return board.Split(' ') is [_, var kind] ? options with { BoardKind = kind } : options;
    }

    private static bool WakesOnMotion(string board) => !board.StartsWith("ESP32_C3", StringComparison.Ordinal);

    private static Wearable Worn(string board, int identity, bool readsGyroscope, Simulation.IMotionSource motion) =>
        new(new EnergyModel(readsGyroscope: readsGyroscope), options: Shipped(board, identity), motion: motion);

    // Sixteen minutes: asleep, where motion can wake the board.
    private static Wearable AtRest(string board, int identity, bool readsGyroscope)
    {
        var wearable = Worn(board, identity, readsGyroscope, new SteadyMotion(Standing));
        wearable.Run(16 * 60);
        Assert.Equal(WakesOnMotion(board), wearable.Device.IsAsleep);
        return wearable;
    }

    // A window's samples are consecutive numbers; a hole is wherever the window must start over. After a boot numbers begin anew.
    private static void AssertNoWindowSpansAHole(Wearable wearable)
    {
        string[] holes = ["GAP", "RECORD_ON", "WEAR_DONE", "FORGOTTEN", "REPLAY", "LIVE"];
        var startedAt = 0;
        foreach (var line in wearable.Lines)
        {
            var fields = line[..^5].Split(',');
            if (line.StartsWith("$HB,0,", StringComparison.Ordinal))
            {
                startedAt = 0;
            }
            else if (line[2] == 'E' && holes.Contains(fields[2]))
            {
                startedAt = int.Parse(fields[3], CultureInfo.InvariantCulture);
            }
            else if (line[2] == 'D')
            {
                Assert.True(int.Parse(fields[2], CultureInfo.InvariantCulture) - 128 >= startedAt, line);
            }
        }
    }

    /// <summary>Rest for so many seconds of samples, then motion: what the sensor feels does not wait for the board.</summary>
    private sealed class RestThenMotion(int restSeconds) : Simulation.IMotionSource
    {
        private readonly SteadyMotion rest = new(Standing);
        private readonly NoisyMotion motion = new(3);

        public bool TryRead(long index, Span<short> counts)
        {
            if (index < restSeconds * Second || index % 1000 < 500)
            {
                return rest.TryRead(index, counts);
            }

            motion.TryRead(index, counts);
            counts[0] = (short)(counts[0] + (4000 * Math.Sin(index * 0.7)));
            return true;
        }
    }
}
