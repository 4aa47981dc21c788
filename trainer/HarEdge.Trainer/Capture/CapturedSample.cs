namespace HarEdge.Trainer.Capture;

/// <summary>One sample as it came from a device.</summary>
/// <param name="TimeMs">On the recording's own clock, which begins at 0 and leaves room for what is missing.</param>
/// <param name="HostMs">When it was taken, by the clock of the source.</param>
/// <param name="Number">The device's own number, 0 where it numbers nothing.</param>
/// <param name="Values">ax ay az gx gy gz in the device's unit.</param>
internal sealed record CapturedSample(double TimeMs, double HostMs, int Number, double[] Values);

/// <summary>Samples are missing here.</summary>
/// <param name="TimeMs">When the first missing one would have been, on the recording's clock.</param>
/// <param name="Reason">In a few words, without a comma.</param>
/// <param name="MissingSamples">How many; null when nobody knows.</param>
internal sealed record CapturedGap(double TimeMs, string Reason, int? MissingSamples);
