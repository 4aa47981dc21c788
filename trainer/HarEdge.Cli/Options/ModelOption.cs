using System.CommandLine;
using HarEdge.Trainer;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Reports;

namespace HarEdge.Cli.Options;

/// <summary><c>--model</c>: a model file, a run folder, or the model that comes with the program.</summary>
internal sealed class ModelOption
{
    private const string BuiltInResource = "HarEdge.Cli.model.json";

    private readonly Option<string?> option = new("--model", "-m")
    {
        Description = "A model.json or the folder of a run. Without it, the model that comes with the program (docs/MODEL-CARD.md).",
        HelpName = "PATH",
    };

    /// <summary>Adds the option to a verb.</summary>
    public void AddTo(Command verb) => verb.Options.Add(option);

    /// <summary>Loads and validates the model.</summary>
    /// <exception cref="InputException">The file is missing, edited or damaged.</exception>
    public FixedPointModel Load(ParseResult parsed)
    {
        if (parsed.GetValue(option) is not { } path)
        {
            return BuiltIn();
        }

        return ModelFile.Read(Directory.Exists(path) ? Path.Combine(path, RunFolder.ModelFileName) : path);
    }

    /// <summary>How messages name the model.</summary>
    public string Name(ParseResult parsed) => parsed.GetValue(option) ?? "built-in model";

    /// <summary>The model that comes with the program.</summary>
    public static FixedPointModel BuiltIn()
    {
        using var stream = typeof(ModelOption).Assembly.GetManifestResourceStream(BuiltInResource)
            ?? throw new InvalidOperationException($"The program was built without {BuiltInResource}.");
        using var reader = new StreamReader(stream);
        return ModelFile.Parse(reader.ReadToEnd(), "built-in model");
    }
}
