namespace HarEdge.Trainer.Capture;

/// <summary>
/// When a sample was taken, from when its block arrived. Blocks arrive late, in bursts, but never early: the least delay of the last seconds
/// tells. No longer back than that, because a device's clock runs up to 3 % off.
/// </summary>
internal sealed class ArrivalClock
{
    // The device reads 64 samples at once and sends blocks of 12, so a block ends with a burst every 3.8 s.
    private const double RememberedMs = 8000;

    private readonly Queue<(double AtMs, double DelayMs)> delays = new();

    /// <summary>The last sample of a block has arrived.</summary>
    /// <param name="deviceMs">Its time on the device.</param>
    /// <param name="atMs">When.</param>
    public void Observe(double deviceMs, double atMs)
    {
        delays.Enqueue((atMs, atMs - deviceMs));
        while (delays.Peek().AtMs < atMs - RememberedMs)
        {
            delays.Dequeue();
        }
    }

    /// <summary>When a sample was taken, by the clock of the arrivals. Something must have been observed.</summary>
    public double HostMs(double deviceMs) => deviceMs + delays.Min(delay => delay.DelayMs);

    /// <summary>The device's time has jumped: nothing is known.</summary>
    public void Restart() => delays.Clear();
}
