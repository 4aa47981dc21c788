using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Trainer.Tests.Telemetry;

/// <summary>Events in words.</summary>
public sealed class EventWordsTests
{
    [Fact]
    public void Every_event_of_the_wire_format_has_its_sentence()
    {
        var codes = File.ReadLines(Path.Combine(DeviceLines.RepositoryRoot(), "docs/SPEC.md"))
            .SkipWhile(line => line != "## Events").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]).ToList();
        Assert.Equal(23, codes.Count);
        Assert.All(codes, code => Assert.EndsWith(".", EventWords.Of(new EventRecord(0, code, 1, 1)), StringComparison.Ordinal));
    }

    [Fact]
    public void An_event_of_a_later_firmware_is_shown_as_it_came()
    {
        Assert.Equal("NOVELTY 7", EventWords.Of(new EventRecord(0, "NOVELTY", 1, 7)));
    }
}
