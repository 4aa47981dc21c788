using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Distillation;

/// <summary>A learned student.</summary>
/// <param name="Model">
/// The integer model, without unknown rule, temporal filter, manifest and id: those are decided later. Its confidence steps hold
/// the share of training windows it got right; calibration replaces them.
/// </param>
/// <param name="FixedPointAgreement">Share of the training windows, 0 to 1, on which the integer model and the model in
/// floating point it was rounded from name the same class.</param>
internal sealed record DistilledStudent(FixedPointModel Model, double FixedPointAgreement);
