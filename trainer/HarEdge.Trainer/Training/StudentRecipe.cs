using HarEdge.Core;
using HarEdge.Trainer.Distillation;
using HarEdge.Trainer.Distillation.Linear;
using HarEdge.Trainer.Distillation.Trees;

namespace HarEdge.Trainer.Training;

/// <summary>How a student is made of its teacher and its windows: all that a search may tune besides the budget and the window.</summary>
internal sealed record StudentRecipe
{
    /// <summary>Selection and fit of linear stages.</summary>
    public LinearSettings Linear { get; init; } = new();

    /// <summary>Further versions of the training recordings.</summary>
    public WearAugmentation Variation { get; init; } = new();

    /// <summary>Windows to learn from for each hop of the device: 2 cuts them at half its hop.</summary>
    public int WindowsPerHop { get; init; } = 2;

    /// <summary>Share in what the student learns of a teacher that labels each window by itself, where the teacher is better.</summary>
    public double DistillationWeight { get; init; } = 0.5;

    /// <summary>The same of a teacher that uses the windows before and after.</summary>
    public double DistillationWeightInContext { get; init; } = 0.7;

    /// <summary>Whether the teacher uses the windows before and after the one it labels, where that makes it right more often.</summary>
    public bool InContext { get; init; } = true;

    /// <summary>Divides the teacher's logarithms: above 1 softens, below 1 sharpens.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Kernel families that are not used: names of the types in Core's Kernels, such as "Goertzel".</summary>
    public IReadOnlyList<string> WithoutKernels { get; init; } = [];

    /// <summary>What a form learns from best, by cross-validation on HAPT's training people: one tree needs more versions and less of the teacher.</summary>
    public static StudentRecipe Of(StudentChoice choice) => choice == StudentChoice.Tree
        ? new StudentRecipe { Variation = new() { Copies = 5 } }.WithDistillationWeight(0.4)
        : new StudentRecipe();

    /// <summary>This recipe with one share for any teacher.</summary>
    public StudentRecipe WithDistillationWeight(double share) => this with { DistillationWeight = share, DistillationWeightInContext = share };

    /// <summary>The share of a teacher.</summary>
    /// <param name="inContext">Whether it uses the windows before and after.</param>
    public double ShareOf(bool inContext) => inContext ? DistillationWeightInContext : DistillationWeight;

    /// <summary>A form of student by this recipe.</summary>
    /// <param name="choice">Any but Auto, which is a choice between two.</param>
    public Student FormOf(StudentChoice choice) => choice switch
    {
        StudentChoice.Linear => new LinearStudent(Linear),
        StudentChoice.Trees => new BoostedTreesStudent(),
        StudentChoice.Forest => new ForestStudent(),
        StudentChoice.Tree => new DecisionTreeStudent(),
        StudentChoice.Mixed => new MixedStudent(Linear),
        _ => throw new ArgumentOutOfRangeException(nameof(choice), choice, "no single form"),
    };

    /// <summary>The columns of a layout that <see cref="WithoutKernels"/> leaves out.</summary>
    public IReadOnlySet<int> ColumnsLeftOut(FeatureLayout layout) =>
        Enumerable.Range(0, layout.Count).Where(i => WithoutKernels.Contains(layout[i].Kernel.Method.DeclaringType!.Name)).ToHashSet();
}
