using System.Text.Json;
using HarEdge.Core;
using HarEdge.Trainer.Learning;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace HarEdge.Trainer.Teachers;

/// <summary>A loaded ONNX model: one float input of windows, one float output of a number for each class.</summary>
internal sealed class OnnxModel : IDisposable
{
    private const int UsualBatch = 256;

    private readonly InferenceSession session;
    private readonly string inputName;
    private readonly string outputName;

    private OnnxModel(InferenceSession session, string file, string inputName, string outputName, IReadOnlyList<int> inputDimensions)
    {
        this.session = session;
        File = file;
        this.inputName = inputName;
        this.outputName = outputName;
        InputDimensions = inputDimensions;
    }

    /// <summary>Name of the file, without its folder.</summary>
    internal string File { get; }

    /// <summary>Sizes of the input, below 1 where free.</summary>
    internal IReadOnlyList<int> InputDimensions { get; }

    /// <summary>What the file says about itself.</summary>
    internal IReadOnlyDictionary<string, string> Metadata => session.ModelMetadata.CustomMetadataMap;

    /// <summary>Loads a file. Runs use one thread, so that equal windows give equal numbers on every machine with the same processor.</summary>
    /// <exception cref="InputException">It is missing, is no model, or has other inputs or outputs.</exception>
    internal static OnnxModel Load(string path)
    {
        var file = Path.GetFileName(path);
        byte[] bytes;
        try
        {
            bytes = System.IO.File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"'{path}' cannot be read: {FileFault.Words(e)}.", "Give the path of an .onnx file with --teacher.", inner: e);
        }

        InferenceSession? session = null;
        try
        {
            using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            session = new InferenceSession(bytes, options);
            var input = OnlyInput(session.InputMetadata, file);
            var output = session.OutputMetadata.Where(entry => IsScores(entry.Value)).Select(entry => entry.Key).FirstOrDefault()
                ?? throw new InputException(
                    $"'{file}' has no output of floats with the shape [batch, classes].",
                    "Export it with class probabilities or logits as a tensor (in sklearn-onnx: zipmap=False).",
                    exitCode: 2);
            return new OnnxModel(session, file, input.Key, output, input.Value.Dimensions);
        }
        catch (OnnxRuntimeException e)
        {
            session?.Dispose();
            throw new InputException($"'{file}' is no model that ONNX Runtime can load: {FirstLine(e.Message)}", "Export the model again, in ONNX format.", inner: e);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    /// <summary>Runs windows through the model.</summary>
    /// <param name="windows">Number of windows.</param>
    /// <param name="shape">How the model wants them.</param>
    /// <param name="windowSamples">Samples in a window.</param>
    /// <param name="fill">Writes window i into its place.</param>
    /// <returns>One row of numbers a window.</returns>
    internal float[][] Run(int windows, OnnxShape shape, int windowSamples, Action<int, Span<float>> fill)
    {
        var valuesPerWindow = windowSamples * SensorScale.ChannelCount;
        var all = new float[windows][];
        for (var first = 0; first < windows; first += shape.FixedBatch ?? UsualBatch)
        {
            // A model of a fixed batch gets its last one filled up with zeros.
            var used = Math.Min(shape.FixedBatch ?? UsualBatch, windows - first);
            var batch = shape.FixedBatch ?? used;
            var values = new float[batch * valuesPerWindow];
            for (var i = 0; i < used; i++)
            {
                fill(first + i, values.AsSpan(i * valuesPerWindow, valuesPerWindow));
            }

            int[] dimensions = shape.IsChannelMajor
                ? [batch, SensorScale.ChannelCount, windowSamples]
                : [batch, windowSamples, SensorScale.ChannelCount];
            var scores = RunBatch(new DenseTensor<float>(values, dimensions), batch);
            for (var i = 0; i < used; i++)
            {
                all[first + i] = scores[i];
            }
        }

        return all;
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    private float[][] RunBatch(DenseTensor<float> input, int batch)
    {
        try
        {
            using var results = session.Run([NamedOnnxValue.CreateFromTensor(inputName, input)], [outputName]);
            var output = results[0].AsTensor<float>();
            if (output.Rank != 2 || output.Dimensions[0] != batch)
            {
                throw new InputException(
                    $"'{File}' answers {batch} windows with a tensor of shape [{string.Join(", ", output.Dimensions.ToArray())}].",
                    "Export it with an output of shape [batch, classes].",
                    exitCode: 2);
            }

            return [.. output.ToArray().Chunk(output.Dimensions[1])];
        }
        catch (OnnxRuntimeException e)
        {
            throw new InputException(
                $"'{File}' fails on windows of shape [{string.Join(", ", input.Dimensions.ToArray())}]: {FirstLine(e.Message)}",
                "Export the model for that shape, with a free batch size.",
                inner: e);
        }
    }

    private static KeyValuePair<string, NodeMetadata> OnlyInput(IReadOnlyDictionary<string, NodeMetadata> inputs, string file) =>
        inputs.Count == 1 && inputs.First().Value is { IsTensor: true } node && node.ElementType == typeof(float)
            ? inputs.First()
            : throw new InputException(
                $"'{file}' has {inputs.Count} inputs ({string.Join(", ", inputs.Keys)}), not one tensor of floats.",
                "Export it with raw windows of ax ay az gx gy gz as its only input.",
                exitCode: 2);

    private static bool IsScores(NodeMetadata node) => node.IsTensor && node.ElementType == typeof(float) && node.Dimensions.Length is 0 or 2;

    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd('.', ' ', '\r') + ".";
}

/// <summary>How a model wants windows: batch × samples × channels, or batch × channels × samples.</summary>
/// <param name="IsChannelMajor">True when all samples of a channel follow each other.</param>
/// <param name="FixedBatch">Windows the model takes at a time, or null for any number.</param>
internal sealed record OnnxShape(bool IsChannelMajor, int? FixedBatch)
{
    private const int Channels = 6;

    /// <summary>Reads the shape of a model's input; a size below 1 is free.</summary>
    /// <exception cref="InputException">It has no place for windows of six channels.</exception>
    internal static OnnxShape Of(IReadOnlyList<int> dimensions, int windowSamples, string file)
    {
        int? batch = dimensions.Count > 0 && dimensions[0] > 0 ? dimensions[0] : null;
        bool Fits(int size) => size < 1 || size == windowSamples;
        if (dimensions.Count == 3 && dimensions[2] == Channels && Fits(dimensions[1]))
        {
            return new OnnxShape(IsChannelMajor: false, batch);
        }

        if (dimensions.Count == 3 && dimensions[1] == Channels && Fits(dimensions[2]))
        {
            return new OnnxShape(IsChannelMajor: true, batch);
        }

        var otherWindow = dimensions.Count != 3 ? 0
            : dimensions[2] == Channels ? dimensions[1]
            : dimensions[1] == Channels ? dimensions[2]
            : 0;
        throw new InputException(
            $"'{file}' takes an input of shape [{string.Join(", ", dimensions.Select(size => size < 1 ? "any" : size.ToString(System.Globalization.CultureInfo.InvariantCulture)))}], "
            + $"not [batch, {windowSamples}, {Channels}] or [batch, {Channels}, {windowSamples}].",
            otherWindow is 64 or 128 or 256
                ? $"Train with --window {otherWindow}, the window it was made for."
                : $"Export it for windows of {windowSamples} samples at 50 Hz of ax ay az gx gy gz.",
            exitCode: 2);
    }
}

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
