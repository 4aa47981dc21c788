namespace HarEdge.Trainer.Cost;

/// <summary>A part of the work: a stage, or a method.</summary>
/// <param name="Name">The stage's name, or type and method: "Goertzel.BinPower".</param>
/// <param name="Share">Stages: share of the decisions they made, 0 to 1. Methods: share of the weight.</param>
/// <param name="Mean">Stages: mean instructions of their decisions. Methods: mean instructions in the method itself, over all steps.</param>
/// <param name="Weight">The same in weight.</param>
internal sealed record PartCost(string Name, double Share, double Mean, double Weight);
