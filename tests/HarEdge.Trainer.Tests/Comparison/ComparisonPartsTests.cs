using HarEdge.Core;
using HarEdge.Trainer.Comparison;
using HarEdge.Trainer.Telemetry;

namespace HarEdge.Trainer.Tests.Comparison;

public sealed class ComparisonPartsTests
{
    private static BannerRecord Fitting
    {
        get
        {
            var model = ConsoleOfTwin.Model;
            return new BannerRecord(
                0, 1, "0.1.0", model.Id, "ESP32-DevKit", model.Signal.WindowSamples, model.Signal.HopSamples, 50, model.Signal.Range.AccelG, model.Signal.Range.GyroDps, model.Classes.Count);
        }
    }

    [Fact]
    public void Another_model_a_later_protocol_and_a_changed_signal_are_refused_with_exit_code_3()
    {
        DeviceIdentity.Verify(Fitting, ConsoleOfTwin.Model);
        Refused(Fitting with { Model = "0123456789ab" }, "0123456789ab");
        Refused(Fitting with { Protocol = 3 }, "version 3");
        Refused(Fitting with { HopSamples = 32 }, "hop");
    }

    [Fact]
    public void The_boot_self_test_is_known_by_its_record()
    {
        var boot = new BootCheck(() => 12);
        Assert.Equal(BootOutcome.NotSeen, boot.Outcome);
        boot.Take(new SelfTestRecord(0, "MODEL", "PASS", 12, -1, 0));
        Assert.Equal(BootOutcome.Passed, boot.Outcome);
        boot.Take(new SelfTestRecord(0, "MODEL", "PASS", 3, -1, 0));
        Assert.Equal(BootOutcome.Incomplete, boot.Outcome);
        boot.Take(new SelfTestRecord(0, "MODEL", "FAIL", 12, 5, 0));
        Assert.Equal((BootOutcome.Failed, 5), (boot.Outcome, boot.FirstFailure));
    }

    [Fact]
    public void Samples_calibrated_by_a_record_are_those_the_device_calibrates()
    {
        Gen.Select(Gen.Short.Array[3], Gen.Short.Array[6], Gen.Int[-2000, 2000].Array[3]).Sample((gravity, sample, zero) =>
        {
            var reference = new GravityReference();
            if (!reference.Align(gravity[0] * 128, gravity[1] * 128, gravity[2] * 128, 8192, 100, -300))
            {
                return;
            }

            var mine = new SampleCalibration();
            mine.Set(new CalibrationRecord(0, 0, zero, [.. Enumerable.Range(0, 9).Select(reference.Element)]));
            short[] counts = [.. sample];
            mine.Apply(counts);
            var g = Enumerable.Range(0, 3).Select(axis => Math.Clamp(sample[3 + axis] - zero[axis], short.MinValue, short.MaxValue)).ToArray();
            Assert.Equal([reference.X(sample[0], sample[1], sample[2]), reference.Y(sample[0], sample[1], sample[2]), reference.Z(sample[0], sample[1], sample[2])], counts[..3]);
            Assert.Equal([reference.X(g[0], g[1], g[2]), reference.Y(g[0], g[1], g[2]), reference.Z(g[0], g[1], g[2])], counts[3..]);
        });
    }

    [Fact]
    public void A_summary_of_times_has_the_nearest_ranks()
    {
        Assert.Null(LatencySummary.Of([]));
        Assert.Equal(new LatencySummary(1, 7, 7, 7), LatencySummary.Of([7]));
        Assert.Equal(new LatencySummary(100, 50, 95, 100), LatencySummary.Of(Enumerable.Range(1, 100).Reverse().Select(ms => (double)ms)));
    }

    private static void Refused(BannerRecord banner, string names)
    {
        var refused = Assert.Throws<InputException>(() => DeviceIdentity.Verify(banner, ConsoleOfTwin.Model));
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains(names, refused.Message, StringComparison.Ordinal);
    }
}
