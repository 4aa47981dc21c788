using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Distillation;

/// <summary>
/// A form of compact model and the way to learn it from a teacher. A student is stateless: everything it needs is in the input,
/// and the same input gives the same model, bit for bit.
/// </summary>
internal abstract class Student
{
    /// <summary>
    /// A form this share of windows behind another on some of the people need not be tried on the others: two that are equally good differ
    /// by about half of it.
    /// </summary>
    internal const double HopelesslyBehind = 0.02;

    /// <summary>Name for tables and metrics, such as "boosted trees".</summary>
    public abstract string Kind { get; }

    /// <summary>Learns a model that keeps to the input's budget.</summary>
    /// <exception cref="InputException">The rows cannot teach a model (a single class, no row), or nothing fits the budget.</exception>
    public abstract DistilledStudent Distil(DistillationInput input);
}

/// <summary>A learned student.</summary>
/// <param name="Model">
/// The integer model, without unknown rule, temporal filter, manifest and id: those are decided later. Its confidence steps hold
/// the share of training windows it got right; calibration replaces them.
/// </param>
/// <param name="FixedPointAgreement">Share of the training windows, 0 to 1, on which the integer model and the model in
/// floating point it was rounded from name the same class.</param>
internal sealed record DistilledStudent(FixedPointModel Model, double FixedPointAgreement);
