using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.CodeGeneration;

/// <summary>Both generated files of a model. Same model, same bytes: the known answers come from the synthetic wearer's first seed.</summary>
/// <param name="Model">ActivityModel.g.cs.</param>
/// <param name="KnownAnswers">KnownAnswers.g.cs.</param>
public sealed record GeneratedSources(string Model, string KnownAnswers)
{
    private const int WearerSeed = 1;

    /// <summary>Generates both.</summary>
    /// <param name="model">A valid model with its id.</param>
    public static GeneratedSources Of(FixedPointModel model)
    {
        var wearer = SyntheticWearer.Create(new SyntheticOptions { Seed = WearerSeed, Range = model.Signal.Range });
        return new GeneratedSources(CSharpGenerator.Generate(model), KnownAnswersGenerator.Generate(model, wearer.Recordings));
    }

    /// <summary>Compiles both in memory.</summary>
    internal CompiledModel Compile() => GeneratedModelCompiler.Compile(Model, KnownAnswers);
}
