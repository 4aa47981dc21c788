using System.CommandLine;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Reports;

namespace HarEdge.Cli.Options;

/// <summary><c>--model</c>: a model file, a run folder, or one of the two models that come with the program.</summary>
internal sealed class ModelOption
{
    private readonly Option<string?> option = new("--model", "-m")
    {
        Description = $"A model.json or the folder of a run; {BuiltInName} is the committed model (docs/MODEL-CARD.md), {SyntheticWearer.Name} the demo's, which knows the synthetic wearer. "
            + "Without it, the one that fits the data or the device.",
        HelpName = "PATH",
    };

    /// <summary>Name of the committed model.</summary>
    public const string BuiltInName = "built-in";

    /// <summary>Adds the option to a verb.</summary>
    public void AddTo(Command verb) => verb.Options.Add(option);

    /// <summary>The path as given; null for none.</summary>
    public string? Path(ParseResult parsed) => parsed.GetValue(option);

    /// <summary>Loads and validates the model that is named, or the committed one.</summary>
    /// <exception cref="InputException">The file is missing, edited or damaged.</exception>
    public FixedPointModel Load(ParseResult parsed) => parsed.GetValue(option) switch
    {
        null or BuiltInName => BuiltIn(),
        SyntheticWearer.Name => Synthetic(),
        var path => ModelFile.Read(Directory.Exists(path) ? System.IO.Path.Combine(path, RunFolder.ModelFileName) : path),
    };

    /// <summary>The same for a verb with recordings: when no model is named, the one that knows the synthetic wearer for its recordings.</summary>
    /// <exception cref="InputException">The file is missing, edited or damaged.</exception>
    public FixedPointModel Load(ParseResult parsed, DataOptions data) =>
        parsed.GetValue(option) is null && data.IsSynthetic(parsed) ? Synthetic() : Load(parsed);

    /// <summary>The models a device may carry: the one named, or those that come with the program.</summary>
    /// <exception cref="InputException">The file is missing, edited or damaged.</exception>
    public IReadOnlyList<FixedPointModel> LoadForDevice(ParseResult parsed) =>
        parsed.GetValue(option) is null ? [BuiltIn(), Synthetic()] : [Load(parsed)];

    /// <summary>Says so when a model is asked about data it was not made for.</summary>
    public static void TellMismatch(Terminal terminal, FixedPointModel model, IReadOnlyList<DataSet> sets)
    {
        var learned = model.Manifest?.Data.Select(data => data.Name).ToList() ?? [];
        if (learned.Count > 0 && sets.All(set => !learned.Contains(set.Name)))
        {
            terminal.Say($"note: model {model.Id} learned from {string.Join(" + ", learned)}, and the wearer is {DataNames.Of(sets)}: other sensors, places on the body or people. "
                + "Its mistakes here say little about those it makes where it belongs.");
        }
    }

    /// <summary>The committed model.</summary>
    public static FixedPointModel BuiltIn() => Embedded("model.json", "built-in model");

    /// <summary>The demo's model.</summary>
    private static FixedPointModel Synthetic() => Embedded("synthetic-model.json", "synthetic wearer's model");

    private static FixedPointModel Embedded(string name, string source)
    {
        using var stream = typeof(ModelOption).Assembly.GetManifestResourceStream("HarEdge.Cli." + name)
            ?? throw new InvalidOperationException($"The program was built without {name}.");
        using var reader = new StreamReader(stream);
        return ModelFile.Parse(reader.ReadToEnd(), source);
    }
}
