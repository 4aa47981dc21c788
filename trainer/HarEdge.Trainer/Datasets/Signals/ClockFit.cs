namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>Rows on a regular grid: the rate the timestamps show and, for each row, its slot (ascending, first 0).</summary>
internal sealed record ClockFit(double RateHz, int[] Slots, int DroppedRows, int BackwardJumps)
{
    /// <summary>Rows that follow each other without a gap.</summary>
    public static ClockFit Consecutive(int rows, double rateHz) => new(rateHz, [.. Enumerable.Range(0, rows)], 0, 0);
}
