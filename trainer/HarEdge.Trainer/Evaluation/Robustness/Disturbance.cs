using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Evaluation.Robustness;

/// <summary>Something that goes wrong between a body and a window, done to a recording in counts.</summary>
/// <param name="Kind">Group in the table, for example "worn rotated".</param>
/// <param name="Name">Which and how much, for example "10° about x".</param>
/// <param name="Apply">The recording as a disturbed sensor would have given it; the random numbers are the disturbance's own.</param>
internal sealed record Disturbance(string Kind, string Name, Func<Recording, SensorRange, Random, Recording> Apply);
