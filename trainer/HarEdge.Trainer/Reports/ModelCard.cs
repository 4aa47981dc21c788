using System.Globalization;
using System.Text;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Reports;

/// <summary>A model's card in Markdown: what it is, what it learned from, what it reached, what it is not for. Made from model.json alone.</summary>
internal static class ModelCard
{
    /// <summary>The card.</summary>
    /// <exception cref="InputException">The model has no manifest, so that nothing is known of where it comes from.</exception>
    public static string Of(FixedPointModel model)
    {
        var manifest = model.Manifest ?? throw new InputException(
            $"The model {model.Id} has no manifest, so it cannot have a card.", "Train it with haredge train, which records where it comes from.");
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Model card: {model.Id}\n\n");
        text.Append("Made from `model.json` by `haredge generate --card docs/MODEL-CARD.md`; a test holds it to the committed model.\n\n");
        Append(text, Facts(model));
        text.Append("## Learned from\n\n");
        foreach (var data in manifest.Data)
        {
            Append(text, Data(data));
        }

        text.Append(CultureInfo.InvariantCulture, $"Split: {manifest.Split}.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Trained on {manifest.TrainSubjects.Count} people: {string.Join(", ", manifest.TrainSubjects)}.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Tested on {manifest.TestSubjects.Count} people it never saw: {string.Join(", ", manifest.TestSubjects)}.\n\n");
        text.Append("## Reached\n\n");
        Append(text, Scores(manifest));
        text.Append(CultureInfo.InvariantCulture, $"## Made again by\n\n```\n{manifest.Command}\n```\n\nThe same data and seed give the same model, byte for byte.\n\n");
        text.Append("## Not for\n\n").AppendJoin(";\n", NotFor.Select(limit => "- " + limit)).Append(".\n");
        return text.ToString();
    }

    /// <summary>What no model of this kind should be used for.</summary>
    public static IReadOnlyList<string> NotFor { get; } =
    [
        "other places on the body than that of the recordings: a model for the waist is wrong in a trouser pocket or on a wrist",
        "sensors mounted in another direction than that of the recordings",
        "activities it has no class for: some of them it calls unknown, others it mistakes for a class it has",
        "medical use, fall detection, or anything where a wrong answer can hurt someone",
    ];

    /// <summary>What it is, in numbers.</summary>
    public static ReportTable Facts(FixedPointModel model)
    {
        var size = ModelSize.Of(model);
        var signal = model.Signal;
        return new ReportTable(
            "A fixed-point classifier for six-axis motion, for .NET nanoFramework.",
            ["", ""],
            [
                ["classes", string.Join(", ", model.Classes)],
                ["window", $"{signal.WindowSamples} samples at {signal.SampleRateHz} Hz, a decision every {signal.HopSamples}"],
                ["sensor ranges", $"±{signal.Range.AccelG} g, ±{signal.Range.GyroDps} °/s"],
                ["stages", string.Join(", ", model.Stages.Select(stage => stage.Name))],
                ["features", ScoreTables.Number(model.Features.Count)],
                ["size", $"{size.Bytes} bytes: {size.Nodes} tree nodes, {size.Weights} weights, {size.Biases} biases"],
            ]);
    }

    private static ReportTable Data(DataManifest data) => new(
        data.IsSynthetic ? $"{data.Name}: SYNTHETIC data" : data.Name,
        ["", ""],
        [
            ["people", ScoreTables.Number(data.Subjects.Count)],
            ["files", ScoreTables.Number(data.Files.Count)],
            ["SHA-256 of the recordings as read", data.ContentSha256],
            ["source and terms", data.Attribution ?? "unknown"],
        ]);

    private static ReportTable Scores(TrainingManifest manifest) => new(
        $"Seed {manifest.Seed}; each window by itself.",
        ["score", "value"],
        [.. manifest.Scores.Select(score => (IReadOnlyList<string>)[score.Key, ReportTable.Percent(score.Value)])]);

    private static void Append(StringBuilder text, ReportTable table) => text.Append(table.ToMarkdown()).Append('\n');
}
