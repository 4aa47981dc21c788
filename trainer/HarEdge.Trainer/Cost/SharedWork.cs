using HarEdge.Core;

namespace HarEdge.Trainer.Cost;

/// <summary>Something a window computes once and every kernel that asks for it shares.</summary>
/// <param name="Kind">What is computed.</param>
/// <param name="Channel">Of which channel, see <see cref="ChannelId"/>.</param>
internal sealed record SharedWork(SharedWorkKind Kind, int Channel)
{
    /// <summary>For tables: "sum of ax", "channel am4".</summary>
    public string Name => Kind switch
    {
        SharedWorkKind.Channel => "channel " + ChannelId.Name(Channel),
        SharedWorkKind.Sum => "sum of " + ChannelId.Name(Channel),
        SharedWorkKind.SquareSum => "squares of " + ChannelId.Name(Channel),
        _ => "sorted " + ChannelId.Name(Channel),
    };
}

/// <summary>Kinds of shared work.</summary>
internal enum SharedWorkKind
{
    /// <summary>A derived channel is filled.</summary>
    Channel,

    /// <summary>A channel is summed.</summary>
    Sum,

    /// <summary>The squares of a channel are summed.</summary>
    SquareSum,

    /// <summary>A coarse channel is sorted; it stays until another is, so this is shared only by features computed one after the other.</summary>
    Sorted,
}
