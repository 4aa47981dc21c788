using System.Text;
using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.CodeGeneration;

/// <summary>
/// Writes KnownAnswers.g.cs: windows and what the trainer says about them, for the device to check itself at boot. All of it
/// is string constants, so that it lies in flash and takes RAM for one window at a time only.
/// </summary>
internal static class KnownAnswersGenerator
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "KnownAnswers.g.cs";

    /// <summary>Namespace-qualified name of the class.</summary>
    public const string TypeName = "HarEdge.Core.Generated.KnownAnswers";

    // About 1.1 kB of flash each: the two extremes, which reach one class or more, and one for each other class.
    private const int LeastWindows = 6;
    private const int MostWindows = 12;

    // A number that occurs so often in a row is written once.
    private const int RepeatsFrom = 3;

    // The device finds a character of a string by walking from its start: short strings keep that cheap.
    private const int SamplesPerText = 32;
    private const int CountsPerText = SamplesPerText * SensorScale.ChannelCount;

    /// <summary>The source text.</summary>
    /// <param name="model">A valid model with its id.</param>
    /// <param name="recordings">The synthetic wearer's; windows are taken from them and varied.</param>
    /// <param name="command">The command line the header names; null takes the manifest's.</param>
    /// <param name="mostWindows">Most windows, at least 2; windows that would add nothing are left out. Null for <see cref="DefaultMostWindows"/>.</param>
    public static string Generate(FixedPointModel model, IReadOnlyList<Recording> recordings, string? command = null, int? mostWindows = null)
    {
        ModelValidator.Validate(model);
        var answers = new KnownAnswerSelection(model).Choose(recordings, mostWindows ?? DefaultMostWindows(model));
        var writer = new CodeWriter();
        GeneratedHeader.Write(writer, model, command);
        writer.Block("namespace HarEdge.Core.Generated", () =>
        {
            writer.Line("/// <summary>");
            writer.Line($"/// {answers.Count} synthetic windows for model {model.Id}. They exercise {Coverage(model, answers)}.");
            writer.Line("/// </summary>");
            writer.Block("public sealed class KnownAnswers : KnownAnswerSet", () => WriteMembers(writer, model, answers));
        });
        return writer.ToString();
    }

    /// <summary>Windows that reach every class, where any can.</summary>
    public static int DefaultMostWindows(FixedPointModel model) => Math.Clamp(model.Classes.Count + 1, LeastWindows, MostWindows);

    private static string Coverage(FixedPointModel model, List<KnownAnswer> answers)
    {
        var parts = answers.SelectMany(answer => answer.Exercised).ToHashSet();
        var leaves = model.Stages.Sum(stage => stage.ScoreTrees.Sum(tree => tree.Nodes.Count(node => node.Feature < 0)));
        return $"{Count(ModelPartKind.Stage)} of {model.Stages.Count} stages, {Count(ModelPartKind.Class)} of {model.Classes.Count} classes, "
            + $"{Count(ModelPartKind.GateLeaf)} of {model.Gate.Count(node => node.Stage >= 0)} leaves of the gate"
            + (leaves > 0 ? $", {Count(ModelPartKind.TreeLeaf)} of {leaves} leaves of trees" : "");

        int Count(ModelPartKind kind) => parts.Count(part => part.Kind == kind);
    }

    private static void WriteMembers(CodeWriter writer, FixedPointModel model, List<KnownAnswer> answers)
    {
        var textsPerWindow = model.Signal.WindowSamples / SamplesPerText;
        writer.Block("public override int Count", () => writer.Line($"get {{ return {answers.Count}; }}"));
        writer.Line("");
        writer.Block("public override short[] Samples(int index)", () =>
        {
            writer.Line($"short[] samples = new short[{model.Signal.WindowSamples * SensorScale.ChannelCount}];");
            writer.Block($"for (int part = 0; part < {textsPerWindow}; part++)", () =>
                writer.Line($"AnswerText.SamplesInto(samples, part * {CountsPerText}, SampleText(index * {textsPerWindow} + part));"));
            writer.Line("");
            writer.Line("return samples;");
        });
        WriteChoice(writer, "public override int[] Features(int index)", answers, a => NumbersCall(a.Evaluation.Features));
        WriteChoice(writer, "public override int[] Scores(int index)", answers, a => NumbersCall(a.Evaluation.Scores));
        WriteChoice(writer, "public override int Stage(int index)", answers, a => $"{a.Evaluation.Stage}");
        WriteChoice(writer, "public override int WindowClass(int index)", answers, a => $"{a.Evaluation.WindowClass}");
        writer.Line("");
        writer.Lines(answers.Select((answer, i) => $"// {i}: {answer.Origin}; {model.Classes[answer.Evaluation.WindowClass]}"));
        writer.Block("private static string SampleText(int part)", () =>
            SwitchCode.Write(writer, "part", [.. answers.SelectMany(answer => answer.Text.Chunk(CountsPerText)).Select(text => new[] { $"return {Literal(text)};" })]));
    }

    private static void WriteChoice(CodeWriter writer, string signature, List<KnownAnswer> answers, Func<KnownAnswer, string> value)
    {
        writer.Line("");
        writer.Block(signature, () => SwitchCode.Write(writer, "index", [.. answers.Select(answer => new[] { $"return {value(answer)};" })]));
    }

    private static string NumbersCall(int[] numbers) => $"AnswerText.Numbers(\"{NumbersText(numbers)}\", {numbers.Length})";

    /// <summary>The text <see cref="AnswerText.Numbers"/> reads.</summary>
    internal static string NumbersText(int[] numbers)
    {
        var words = new List<string>();
        for (int first = 0, end; first < numbers.Length; first = end)
        {
            for (end = first + 1; end < numbers.Length && numbers[end] == numbers[first]; end++)
            {
            }

            words.AddRange(end - first >= RepeatsFrom ? [$"{numbers[first]}*{end - first}"] : Enumerable.Repeat($"{numbers[first]}", end - first));
        }

        return string.Join(' ', words);
    }

    // The alphabet's only character with a meaning in a C# string is the backslash.
    private static string Literal(char[] text) => $"\"{new string(text).Replace("\\", "\\\\", StringComparison.Ordinal)}\"";
}

/// <summary>A window in text form, what the trainer says about it, and what of the model it exercises.</summary>
/// <param name="Text">See <see cref="SampleEncoder"/>.</param>
/// <param name="Origin">Where it came from, for the comment.</param>
/// <param name="Evaluation">The trainer's answer.</param>
/// <param name="Exercised">Parts of the model that took part in the answer.</param>
internal sealed record KnownAnswer(string Text, string Origin, WindowEvaluation Evaluation, IReadOnlySet<ModelPart> Exercised);

/// <summary>A part of a model that a window can exercise.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="First">Gate leaf, stage or class.</param>
/// <param name="Second">Tree or input in the stage.</param>
/// <param name="Third">Leaf of the tree, or side of the limit.</param>
internal readonly record struct ModelPart(ModelPartKind Kind, int First, int Second = 0, int Third = 0);

/// <summary>Kinds of parts, the most important first.</summary>
internal enum ModelPartKind
{
    /// <summary>A stage, and with it each of its kernels and trees.</summary>
    Stage,

    /// <summary>A class that wins.</summary>
    Class,

    /// <summary>The unknown rule, known or not.</summary>
    Known,

    /// <summary>A leaf of the gate.</summary>
    GateLeaf,

    /// <summary>A leaf of a score tree.</summary>
    TreeLeaf,

    /// <summary>An input of a linear stage below, within or above its limits.</summary>
    Limit,
}

/// <summary>
/// Writes a window as the text <see cref="AnswerText"/> reads, one character a count. Lossy: each step goes to the reachable
/// count nearest the signal, so errors do not add up; known answers are computed from what the text says.
/// </summary>
internal static class SampleEncoder
{
    /// <summary>Text of a window given sample by sample.</summary>
    public static string Encode(short[] samples)
    {
        var text = new StringBuilder(samples.Length);
        var decoded = new int[SensorScale.ChannelCount];
        for (var i = 0; i < samples.Length; i++)
        {
            ref var previous = ref decoded[i % SensorScale.ChannelCount];
            var step = BestStep(previous, samples[i]);
            previous = AnswerText.Next(previous, step);
            text.Append((char)(AnswerText.NoStep + step));
        }

        return text.ToString();
    }

    /// <summary>The window a text stands for.</summary>
    public static short[] Decode(string text)
    {
        var samples = new short[text.Length];
        AnswerText.SamplesInto(samples, 0, text);
        return samples;
    }

    // Steps grow monotonically, so the best one is the last that does not overshoot, or the next.
    private static int BestStep(int previous, int target)
    {
        var direction = target < previous ? -1 : 1;
        var step = 0;
        while (step < AnswerText.LargestStep && Error(step + 1) < Error(step))
        {
            step++;
        }

        return direction * step;

        int Error(int size) => Math.Abs(AnswerText.Next(previous, direction * size) - target);
    }
}
