namespace HarEdge.Core.Tests.Kernels;

/// <summary>Runs a check on every channel of random windows and of every extreme at every window length.</summary>
internal static class KernelProperty
{
    /// <summary>The check receives the window, the channel's number and the channel's samples.</summary>
    public static void Holds(Action<SampleWindow, int, short[]> check, int iterations = 40)
    {
        Signals.Any.Sample(signal => OnChannels(signal, check), iter: iterations);
        foreach (var length in Signals.Lengths)
        {
            foreach (var name in Signals.ExtremeNames)
            {
                OnChannels(Signals.Extreme(name, length), check);
            }
        }
    }

    /// <summary>Bins and lags worth trying: all of a channel's would take long, these reach both ends.</summary>
    public static IEnumerable<int> Parameters(short[] samples) =>
        new[] { 1, 2, 3, 5, samples.Length / 4, samples.Length / 2 - 1 }.Where(parameter => parameter < samples.Length / 2).Distinct();

    private static void OnChannels(short[][] signal, Action<SampleWindow, int, short[]> check)
    {
        var window = Signals.Window(signal);
        for (var channel = 0; channel < ChannelId.Count; channel++)
        {
            check(window, channel, window.Channel(channel));
        }
    }
}
