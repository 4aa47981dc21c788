using System.Globalization;
using System.Text;
using HarEdge.DeviceTwin.Simulation;

namespace HarEdge.DeviceTwin.Tests;

/// <summary>
/// What the driver says on the bus, as a list that a reader can hold against the register map: golden/transactions.txt. Names come from the table of
/// registers, not from the driver.
/// </summary>
public class TransactionTests
{
    private const string UpdateVariable = "HAREDGE_UPDATE_GOLDEN";

    // Their values are measurements or depend on when they are asked for.
    private static readonly HashSet<string> Measured = ["ACCEL_XOUT_H", "GYRO_XOUT_H", "FIFO_R_W", "FIFO_COUNTH", "OUTX_L_G", "FIFO_STATUS1", "FIFO_DATA_OUT_L"];

    [Fact]
    public void Boot_burst_recovery_self_test_and_wake_on_motion_are_the_transactions_of_the_list()
    {
        var text = new StringBuilder();
        foreach (var identity in new[] { 0x68, 0x70, 0x98, 0x19, 0x6A })
        {
            Life(text, identity);
        }

        var golden = Path.Combine(Repository.Root, "tests", "HarEdge.DeviceTwin.Tests", "golden", "transactions.txt");
        if (Environment.GetEnvironmentVariable(UpdateVariable) is { Length: > 0 })
        {
            File.WriteAllText(golden, text.ToString());
        }

        Assert.True(
            File.Exists(golden) && File.ReadAllText(golden).ReplaceLineEndings("\n") == text.ToString(),
            $"The driver's transactions are not those of golden/transactions.txt. Look at each change, then write it with {UpdateVariable}=1 and: git diff tests/HarEdge.DeviceTwin.Tests/golden");
    }

    private static void Life(StringBuilder text, int identity)
    {
        var log = new List<string>();
        var wearable = new Wearable(options: new TwinOptions { SensorIdentity = identity }, motion: new SteadyMotion([8192, 0, 0, 10, 10, 10]));
        var device = wearable.Device;
        device.Machine.Bus.Observer = (written, read) => log.Add(Line(identity, written, read));

        device.RunOnce();
        Close("power-up: identity, reset, self-test, settings, FIFO");
        device.RunOnce();
        Close("a burst");
        device.Inject(DeviceFault.BrownOut, TimeSpan.Zero, 1);
        device.RunOnce();
        Close("the burst after a dip of the supply");
        device.RunOnce();
        Close("recovery");
        device.Machine.Run(() => Assert.Equal(Firmware.SensorStatus.Ok, device.Loop.Acquisition.ArmWakeOnMotion()));
        Close("wake on motion, armed");
        device.Machine.Run(() => Assert.Equal(Firmware.SensorStatus.Ok, device.Loop.Acquisition.CheckWakeOnMotion()));
        Close("wake on motion, checked");

        void Close(string title)
        {
            text.Append(CultureInfo.InvariantCulture, $"# 0x{identity:X2}: {title}\n");
            for (var i = 0; i < log.Count;)
            {
                var (period, times) = Repetition(log, i);
                for (var k = 0; k < period; k++)
                {
                    text.Append(log[i + k]).Append(k == period - 1 && times > 1 ? $"  (these {period}, {times} times)" : "").Append('\n');
                }

                i += period * times;
            }

            text.Append('\n');
            log.Clear();
        }
    }

    // One or two lines that come again and again are shown once.
    private static (int Period, int Times) Repetition(List<string> log, int at)
    {
        foreach (var period in new[] { 1, 2 })
        {
            var times = 1;
            while (at + ((times + 1) * period) <= log.Count && Enumerable.Range(0, period).All(k => log[at + k] == log[at + (times * period) + k]))
            {
                times++;
            }

            if (times > 1)
            {
                return (period, times);
            }
        }

        return (1, 1);
    }

    private static string Line(int identity, byte[] written, byte[] read)
    {
        if (written.Length == 0)
        {
            return "not acknowledged";
        }

        var row = RegisterTable.Rows(identity).Single(r => RegisterTable.Address(r) == written[0]);
        var name = $"{row[0]} (0x{written[0]:X2})";
        return read.Length == 0 ? $"write {name} = {Convert.ToHexString(written[1..])}"
            : Measured.Overlaps(row[0].Split('|')) ? $"read  {name}, {read.Length} bytes"
            : $"read  {name}, {read.Length} {(read.Length == 1 ? "byte" : "bytes")}: {Shown(read)}";
    }

    private static string Shown(byte[] read) => read.Length <= 6 ? Convert.ToHexString(read) : $"{Convert.ToHexString(read[..5])}…{Convert.ToHexString(read[^3..])}";
}
