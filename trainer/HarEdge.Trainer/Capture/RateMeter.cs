namespace HarEdge.Trainer.Capture;

/// <summary>Samples a second by their arrival, since the last restart.</summary>
internal sealed class RateMeter
{
    // A burst of the device is 1.3 s long: by then it makes 15 % at most.
    private const int SettlingMs = 8000;

    private long firstMs = -1;
    private long lastMs;
    private long samples;

    /// <summary>Null until enough time has passed, and where there is no time.</summary>
    public double? RateHz => firstMs >= 0 && lastMs - firstMs >= SettlingMs ? samples * 1000.0 / (lastMs - firstMs) : null;

    /// <summary>Samples have come. The first ones only set the clock: when they began is not known.</summary>
    public void Add(int count, long atMs)
    {
        if (firstMs < 0)
        {
            firstMs = atMs;
            return;
        }

        samples += count;
        lastMs = atMs;
    }

    /// <summary>Begins anew.</summary>
    public void Restart()
    {
        firstMs = -1;
        samples = 0;
    }
}
