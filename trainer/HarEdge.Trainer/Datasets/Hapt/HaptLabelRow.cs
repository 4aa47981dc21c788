namespace HarEdge.Trainer.Datasets.Hapt;

/// <summary>One row of <c>labels.txt</c>: samples <paramref name="Start"/>..<paramref name="End"/>, 1-based and inclusive, have a class.</summary>
internal readonly record struct HaptLabelRow(int Line, int Experiment, int User, int ActivityId, int Start, int End);
