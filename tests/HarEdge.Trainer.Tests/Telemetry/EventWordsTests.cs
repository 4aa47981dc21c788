using HarEdge.Trainer.Telemetry.Records;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Trainer.Tests.Telemetry;

/// <summary>Events in words.</summary>
public sealed class EventWordsTests
{
    [Fact]
    public void Every_event_of_the_wire_format_has_its_sentence()
    {
        var codes = File.ReadLines(Path.Combine(DeviceLines.RepositoryRoot(), "docs/SPEC.md"))
            .SkipWhile(line => line != "## Events").Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .TakeWhile(line => line.Split('`')[1] == line.Split('`')[1].ToUpperInvariant()).Select(line => line.Split('`')[1]).ToList();
        Assert.True(codes.Count >= 17);
        codes = codes[..(codes.IndexOf("BAD_COMMAND") + 1)];
        Assert.All(codes, code => Assert.EndsWith(".", EventWords.Of(new EventRecord(0, code, 1, 1)), StringComparison.Ordinal));
    }

    [Fact]
    public void An_event_of_a_later_firmware_is_shown_as_it_came()
    {
        Assert.Equal("NOVELTY 7", EventWords.Of(new EventRecord(0, "NOVELTY", 1, 7)));
    }
}
