using System.Reflection;
using HarEdge.Core;

namespace HarEdge.Trainer.Cost;

/// <summary>
/// A complete window inside counted code: asks for what kernels share, and sees which of it was asked for. The window before it
/// was asked for everything, as by a model that computes the same features in every window.
/// </summary>
internal sealed class CountedWindow
{
    private const BindingFlags Private = BindingFlags.Instance | BindingFlags.NonPublic;

    private readonly CountedAssembly code;
    private readonly object window;
    private readonly bool[] known;
    private readonly FieldInfo sortedChannel;
    private readonly Action restore;
    private readonly Func<int, short[]> channel;
    private readonly Func<int, int> sum;
    private readonly Func<int, long> squareSum;
    private readonly Func<int, short[]> sorted;

    /// <param name="code">Counted Core.</param>
    /// <param name="channels">Six channels of 64, 128 or 256 counts.</param>
    /// <param name="hop">Samples from one window to the next.</param>
    public CountedWindow(CountedAssembly code, short[][] channels, int hop)
    {
        this.code = code;
        var type = code.CoreType("SampleWindow");
        var length = channels[0].Length;
        window = Activator.CreateInstance(type, length, hop)!;
        known = (bool[])type.GetField("known", Private)!.GetValue(window)!;
        sortedChannel = type.GetField("sortedChannel", Private)!;
        channel = type.GetMethod("Channel")!.CreateDelegate<Func<int, short[]>>(window);
        sum = type.GetMethod("Sum")!.CreateDelegate<Func<int, int>>(window);
        squareSum = type.GetMethod("SquareSum")!.CreateDelegate<Func<int, long>>(window);
        sorted = type.GetMethod("Sorted")!.CreateDelegate<Func<int, short[]>>(window);

        // The window before: as many samples from the end, then all that stay; then the samples that are new.
        var push = type.GetMethod("Push")!.CreateDelegate<Func<short, short, short, short, short, short, bool>>(window);
        void PushAll(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                push(channels[0][i], channels[1][i], channels[2][i], channels[3][i], channels[4][i], channels[5][i]);
            }
        }

        PushAll(length - hop, length);
        PushAll(0, length - hop);
        for (var i = 0; i < ChannelId.Count; i++)
        {
            sum(i);
            squareSum(i);
        }

        type.GetMethod("Slide")!.Invoke(window, []);
        PushAll(length - hop, length);
        restore = Restoring([.. ArraysOf(type)]);
    }

    /// <summary>The window of the counted code's own type.</summary>
    public object Instance => window;

    /// <summary>Instructions of an action on the window as it is.</summary>
    public long Count(Action action)
    {
        code.Reset();
        action();
        return code.Instructions();
    }

    /// <summary>Forgets what was computed since the window before, then computes what is shared with others in <paramref name="shared"/>.</summary>
    public void Prepare(IEnumerable<SharedWork> shared)
    {
        restore();
        sortedChannel.SetValue(window, -1);
        foreach (var item in shared)
        {
            Do(item);
        }
    }

    /// <summary>Asks for a shared item: computes it the first time.</summary>
    public void Do(SharedWork item)
    {
        switch (item.Kind)
        {
            case SharedWorkKind.Channel:
                channel(item.Channel);
                break;
            case SharedWorkKind.Sum:
                sum(item.Channel);
                break;
            case SharedWorkKind.SquareSum:
                squareSum(item.Channel);
                break;
            default:
                sorted(item.Channel);
                break;
        }
    }

    /// <summary>All shared items computed since the last <see cref="Prepare"/>, what others need first.</summary>
    public IReadOnlyList<SharedWork> Done()
    {
        var done = new List<SharedWork>();
        for (var i = 0; i < ChannelId.Count; i++)
        {
            if (known[i])
            {
                done.Add(new SharedWork(SharedWorkKind.Channel, i));
            }

            if (known[ChannelId.Count + i])
            {
                done.Add(new SharedWork(SharedWorkKind.Sum, i));
            }

            if (known[2 * ChannelId.Count + i])
            {
                done.Add(new SharedWork(SharedWorkKind.SquareSum, i));
            }
        }

        var sortedNow = (int)sortedChannel.GetValue(window)!;
        if (sortedNow >= 0)
        {
            done.Add(new SharedWork(SharedWorkKind.Sorted, sortedNow));
        }

        return done;
    }

    private IEnumerable<Array> ArraysOf(Type type) =>
        type.GetFields(Private).Select(field => field.GetValue(window)).OfType<Array>()
            .SelectMany(array => array is short[][] nested ? nested.Cast<Array>() : [array]);

    private static Action Restoring(Array[] arrays)
    {
        Array[] saved = [.. arrays.Select(array => (Array)array.Clone())];
        return () =>
        {
            for (var i = 0; i < arrays.Length; i++)
            {
                Array.Copy(saved[i], arrays[i], saved[i].Length);
            }
        };
    }
}

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
