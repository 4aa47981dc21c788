using System.Text.Json;
using HarEdge.Trainer.Learning;

namespace HarEdge.Trainer.Teachers;

/// <summary>Which of a model's outputs is which class of the data.</summary>
internal sealed class OnnxClasses
{
    private static readonly string[] MetadataKeys = ["classes", "class_names", "labels"];

    // A model that says zero means "hardly ever"; a logarithm needs a number.
    private const double LeastProbability = 1e-7;

    private readonly int[] outputOf;

    private OnnxClasses(int[] outputOf, IReadOnlyList<string> names, bool isAssumed)
    {
        this.outputOf = outputOf;
        Names = names;
        IsAssumed = isAssumed;
    }

    /// <summary>Name of each output.</summary>
    internal IReadOnlyList<string> Names { get; }

    /// <summary>True when nobody stated the names and the data's order was taken.</summary>
    internal bool IsAssumed { get; }

    /// <summary>Finds names: the user's, else the metadata's, else the data's classes in their order.</summary>
    /// <exception cref="InputException">Their number is not that of the outputs, or a class of the data is not among them.</exception>
    internal static OnnxClasses Of(OnnxOptions options, OnnxModel model, int outputs, IReadOnlyList<string> dataClasses)
    {
        var stated = options.Classes ?? FromMetadata(model.Metadata);
        var names = (stated ?? dataClasses).Select(name => name.Trim().ToUpperInvariant()).ToList();
        if (names.Count != outputs)
        {
            throw new InputException(
                $"'{model.File}' has {outputs} classes, and {names.Count} are {(stated is null ? "in the data" : "named")}: {string.Join(", ", names)}.",
                "Name every output of the model, in its order, with --teacher-classes A,B,…",
                exitCode: 2);
        }

        var missing = dataClasses.FirstOrDefault(name => !names.Contains(name));
        return missing is null
            ? new OnnxClasses([.. dataClasses.Select(name => names.IndexOf(name))], names, stated is null)
            : throw new InputException(
                $"'{model.File}' cannot teach {missing}: its classes are {string.Join(", ", names)}.",
                $"Leave the class out with --classes {string.Join(' ', dataClasses.Where(names.Contains))}, or rename the data's with --map.",
                exitCode: 2);
    }

    /// <summary>Scores in the order of the data's classes; whether numbers are probabilities or logits they show themselves.</summary>
    internal ClassScores Scores(IReadOnlyList<float[]> outputs)
    {
        var areProbabilities = AreProbabilities(outputs);
        var scores = new ClassScores(outputs.Count, outputOf.Length);
        for (var row = 0; row < scores.Rows; row++)
        {
            for (var c = 0; c < outputOf.Length; c++)
            {
                double value = outputs[row][outputOf[c]];
                scores[row][c] = areProbabilities ? Math.Log(Math.Max(LeastProbability, value)) : value;
            }
        }

        return scores;
    }

    /// <summary>True when every number lies in 0..1 and every row sums to 1, to a thousandth.</summary>
    internal static bool AreProbabilities(IReadOnlyList<float[]> outputs) =>
        outputs.All(row => Math.Abs(row.Sum() - 1) < 1e-3 && row.All(value => value is > -1e-3f and < 1.001f));

    private static string[]? FromMetadata(IReadOnlyDictionary<string, string> metadata)
    {
        var key = MetadataKeys.FirstOrDefault(metadata.ContainsKey);
        if (key is null)
        {
            return null;
        }

        var text = metadata[key].Trim();
        try
        {
            return text.StartsWith('[') ? JsonSerializer.Deserialize<string[]>(text) : text.Split(',');
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
