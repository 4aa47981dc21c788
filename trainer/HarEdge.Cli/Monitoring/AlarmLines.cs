using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Cli.Monitoring;

/// <summary>Tells each alarm once, as a line, and again only when it was over in between.</summary>
/// <param name="say">Takes the line.</param>
internal sealed class AlarmLines(Action<string> say)
{
    private readonly HashSet<string> told = new(StringComparer.Ordinal);

    /// <summary>Tells what is new.</summary>
    /// <param name="now">All that is wrong now.</param>
    public void Tell(IEnumerable<Alarm> now)
    {
        var current = now.DistinctBy(alarm => alarm.What).ToList();
        told.RemoveWhere(what => current.All(alarm => alarm.What != what));
        foreach (var alarm in current.Where(alarm => told.Add(alarm.What)))
        {
            say($"alarm: {alarm.What} {alarm.Remedy}");
        }
    }
}
