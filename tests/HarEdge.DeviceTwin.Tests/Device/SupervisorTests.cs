namespace HarEdge.DeviceTwin.Tests;

/// <summary>What keeps failing is started anew, and says why.</summary>
public class SupervisorTests
{
    [Fact]
    public void One_exception_costs_a_window_and_no_more()
    {
        var wearable = new Wearable();
        wearable.Run(10);
        var times = 1;
        wearable.Device.Machine.RunsOutOfMemory = line => line[2] == 'D' && times-- > 0;
        wearable.Run(60);
        Assert.Equal((int)Firmware.SensorStatus.Unexpected, wearable.Event("GAP").Detail);
        Assert.All(wearable.Records('B'), banner => Assert.Equal("POWER", banner[10]));
        Assert.InRange(wearable.Decisions.Count, 45, 54);
    }

    [Fact]
    public void Memory_that_stays_short_ends_in_a_reboot_that_says_so()
    {
        var wearable = new Wearable();
        wearable.Run(10);
        wearable.Device.Machine.RunsOutOfMemory = line => line[2] == 'D' && wearable.Records('B').All(banner => banner[10] == "POWER");
        wearable.Run(40);
        var reboot = wearable.Records('B').FindIndex(banner => banner[10] == "MEMORY");
        Assert.True(reboot > 0);
        Assert.Contains(wearable.Lines, line => line.StartsWith("$HB,0,", StringComparison.Ordinal) && line.Contains(",MEMORY,", StringComparison.Ordinal));
        Assert.True(wearable.Decisions.Count > 10);

        // The reason is that of the last start only: a reset by hand knows of no earlier one.
        wearable.Device.Boot();
        Assert.Equal("POWER", wearable.Records('B')[^1][10]);
    }

    [Fact]
    public void Memory_that_is_short_from_the_start_is_tried_again_without_end()
    {
        var device = new SimulatedDevice(new EnergyModel());
        var lines = new List<string>();
        device.LineWritten += lines.Add;
        var failures = 0;
        device.Machine.RunsOutOfMemory = line => line[2] == 'K' && ++failures <= 12;
        device.Wear(new NoisyMotion(1));
        device.Boot();
        device.RunFor(TimeSpan.FromSeconds(30));
        Assert.Equal(13, failures - lines.Count(line => line.Contains(",SENSOR,PASS", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains(",MEMORY,", StringComparison.Ordinal));
        Assert.Contains(lines, line => line[2] == 'D');
    }
}
