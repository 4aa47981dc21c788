namespace HarEdge.Trainer.Evaluation.Continuous;

/// <summary>
/// The stream of answers on continuous recordings, changes of posture and pauses included: each window by itself, and the decisions
/// the device shows.
/// </summary>
/// <param name="Minutes">Time with answers.</param>
/// <param name="Changes">True changes: an activity of the model's classes after another one, whatever lies between.</param>
/// <param name="ByWindow">The best class of each window.</param>
/// <param name="Decided">Decisions after unknown rule and temporal filter.</param>
internal sealed record FilterTrial(double Minutes, int Changes, AnswerStream ByWindow, AnswerStream Decided)
{
    /// <summary>True changes of activity a minute.</summary>
    public double ChangesPerMinute => Changes / Minutes;

    /// <summary>Named changes a minute, window by window.</summary>
    public double WindowChangesPerMinute => ByWindow.Changes / Minutes;

    /// <summary>Named changes a minute, as decided.</summary>
    public double DecidedChangesPerMinute => Decided.Changes / Minutes;

    /// <summary>Seconds by which filter and unknown rule delay the first right answer after a change, on average.</summary>
    public double AddedDelaySeconds => Decided.MeanDelaySeconds - ByWindow.MeanDelaySeconds;
}

/// <summary>One stream of answers.</summary>
/// <param name="Windows">Windows that lie in one of the model's activities.</param>
/// <param name="Right">Of those, answered right; "unknown" is not right.</param>
/// <param name="Changes">From one named activity to another; "unknown" in between is no change.</param>
/// <param name="MeanDelaySeconds">
/// From the start of an activity to the end of the first window that says so, over all true changes; an activity never recognised
/// counts its whole length. NaN without changes.
/// </param>
/// <param name="Missed">True changes whose activity was never recognised.</param>
internal sealed record AnswerStream(int Windows, int Right, int Changes, double MeanDelaySeconds, int Missed)
{
    /// <summary>Share of windows right.</summary>
    public double Accuracy => Windows == 0 ? double.NaN : (double)Right / Windows;
}
