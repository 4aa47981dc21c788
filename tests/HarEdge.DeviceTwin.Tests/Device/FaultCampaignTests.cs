using System.Globalization;
using HarEdge.Firmware;

namespace HarEdge.DeviceTwin.Tests;

/// <summary>
/// A short slice on each run; HAREDGE_FAULT_HOURS sets how many simulated hours, HAREDGE_FAULT_SEED where the seeds begin, HAREDGE_FAULT_SENSOR the sensor's WHO_AM_I as a decimal: a failure
/// prints the seed that repeats it.
/// </summary>
public class FaultCampaignTests
{
    private const int HoursEach = 1;

    [Fact]
    public void No_fault_makes_the_device_fail_lie_or_stay_silent()
    {
        var hours = FromEnvironment("HAREDGE_FAULT_HOURS", 3);
        var firstSeed = FromEnvironment("HAREDGE_FAULT_SEED", 1);
        var sensor = FromEnvironment("HAREDGE_FAULT_SENSOR", 0);
        var injected = 0;
        var locks = 0;
        var sleeps = 0;
        var met = new int[FaultCounters.Kinds];
        var broken = new List<string>();
        var gate = new Lock();
        Parallel.For(firstSeed, firstSeed + (hours / HoursEach), seed =>
        {
            var campaign = new FaultCampaign(seed, sensor > 0 ? sensor : null);
            string? story = null;
            try
            {
                campaign.Run(TimeSpan.FromHours(HoursEach));
            }
            catch (Exception e)
            {
                story = e is Xunit.Sdk.FailException ? e.Message : $"seed {seed}: {e}";
            }

            lock (gate)
            {
                if (story is not null)
                {
                    broken.Add(story);
                }

                injected += campaign.Injected;
                sleeps += campaign.Sleeps;
                locks += campaign.Locks;
                for (var kind = 0; kind < met.Length; kind++)
                {
                    met[kind] += campaign.Met[kind];
                }
            }
        });

        TestContext.Current.TestOutputHelper?.WriteLine($"{hours} h from seed {firstSeed}: {injected} faults, {sleeps} deep sleeps, {locks} sensors switched off and on");

        Assert.True(broken.Count == 0, $"{broken.Count} of {hours / HoursEach} lives broke a promise:\n{string.Join("\n\n", broken.Order().Take(20))}");

        // The campaign itself is checked: it met everything the bus and the chip can do.
        SensorStatus[] expected =
        [
            SensorStatus.NotAcknowledged, SensorStatus.ShortTransfer, SensorStatus.BusTimeout, SensorStatus.FifoOverflow,
            SensorStatus.SensorReset, SensorStatus.FrozenChannel, SensorStatus.RateOff,
        ];
        Assert.All(expected, status => Assert.True(met[(int)status] > 0, $"{status} never happened"));
        Assert.True(sleeps > 0, "no board slept deeply");
    }

    private static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(System.Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
