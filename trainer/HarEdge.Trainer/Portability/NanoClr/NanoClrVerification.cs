using System.Diagnostics;
using System.Globalization;
using HarEdge.Core;
using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using Microsoft.CodeAnalysis;

namespace HarEdge.Trainer.Portability.NanoClr;

/// <summary>
/// Runs Core and a generated model on the real nanoFramework interpreter and compares every feature, score and class with the
/// desktop's: on the known answers, and on windows of recordings. Core and model are compiled and converted once; batches of samples
/// are compiled, converted and run side by side.
/// </summary>
internal sealed class NanoClrVerification
{
    private static readonly TimeSpan ConversionLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(10);

    private readonly FixedPointModel model;
    private readonly GeneratedSources generated;
    private readonly NanoClrTools tools;
    private readonly ReferenceAssemblies references;

    /// <summary>Prepares a model.</summary>
    /// <param name="model">A valid model.</param>
    /// <param name="tools">Where the tools are.</param>
    /// <exception cref="InputException">The reference folder holds no assembly.</exception>
    public NanoClrVerification(FixedPointModel model, NanoClrTools tools)
        : this(model, GeneratedSources.Of(model), tools)
    {
    }

    internal NanoClrVerification(FixedPointModel model, GeneratedSources generated, NanoClrTools tools)
    {
        this.model = model;
        this.tools = tools;
        this.generated = generated;
        references = ReferenceAssemblies.In(tools.ReferenceFolder);
    }

    /// <summary>Compares.</summary>
    /// <param name="recordings">Recordings to take windows from; none leaves it at the known answers.</param>
    /// <param name="windows">Windows to take from them, spread over all.</param>
    /// <param name="progress">Receives the windows run and the time left.</param>
    /// <param name="cancellation">Stops at once.</param>
    /// <exception cref="InputException">A tool failed, or a program was silent or broke off on the interpreter.</exception>
    public ParityReport Run(
        IReadOnlyList<Recording> recordings, int windows, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var desktop = generated.Compile();
        var answers = desktop.KnownAnswers!;
        var stretches = recordings.Count == 0
            ? []
            : SampleStretches.Take(recordings, model.Signal.WindowSamples, model.Signal.HopSamples, windows);
        IReadOnlyList<short[]> known = [.. Enumerable.Range(0, answers.Count).Select(answers.Samples)];
        List<(DeviceSource Source, IReadOnlyList<short[]> Stretches)> batches =
        [
            (VerificationProgram.KnownAnswers(), known),
            .. VerificationProgram.Split(stretches).Select(batch => (VerificationProgram.OfStretches(batch), batch)),
        ];
        var said = new InterpreterAnswers[batches.Count];
        var folder = Directory.CreateTempSubdirectory("haredge-nanoclr-").FullName;
        try
        {
            var withLibrary = ConvertLibrary(folder, cancellation);
            var left = new TimeLeft(batches.Sum(batch => batch.Stretches.Sum(WindowsIn)), progress);
            Parallel.ForEachAsync(
                Enumerable.Range(0, batches.Count),
                new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
                (i, stop) =>
                {
                    var count = batches[i].Stretches.Sum(WindowsIn);
                    var own = Directory.CreateDirectory(Path.Combine(folder, i.ToString(CultureInfo.InvariantCulture))).FullName;
                    said[i] = new InterpreterAnswers(RunBatch(batches[i].Source, count, own, withLibrary, stop), model.Id, count);
                    Directory.Delete(own, recursive: true);
                    left.Add(count);
                    return ValueTask.CompletedTask;
                }).GetAwaiter().GetResult();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        var comparison = new InterpreterComparison(desktop.Classifier);
        for (var i = 0; i < batches.Count; i++)
        {
            comparison.Add(batches[i].Stretches, said[i]);
        }

        return comparison.Report();
    }

    private int WindowsIn(short[] stretch) =>
        1 + (stretch.Length / SensorScale.ChannelCount - model.Signal.WindowSamples) / model.Signal.HopSamples;

    private ReferenceAssemblies ConvertLibrary(string folder, CancellationToken cancellation)
    {
        var dll = Path.Combine(folder, VerificationProgram.LibraryName + ".dll");
        Convert(
            DeviceCompiler.Compile(VerificationProgram.Library(generated), references.Dlls, VerificationProgram.LibraryName),
            dll,
            references,
            cancellation);
        return references.And(dll);
    }

    private string RunBatch(DeviceSource source, int windows, string folder, ReferenceAssemblies libraries, CancellationToken cancellation)
    {
        var program = Path.Combine(folder, VerificationProgram.BatchName + ".exe");
        var image = DeviceCompiler.Compile([source], libraries.Dlls, VerificationProgram.BatchName, OutputKind.ConsoleApplication);
        (var needed, var converted) = Convert(image, program, libraries, cancellation);
        return tools.Interpreter.Run(
            new Dictionary<string, IReadOnlyList<string>> { ["{assemblies}"] = [.. needed, converted] },
            folder,
            RunLimit,
            InterpreterAnswers.LastLine(windows),
            cancellation);
    }

    // Writes an assembly and its converted form beside it; returns the converted forms it needs, in loading order, and its own.
    private (IReadOnlyList<string> Needed, string Converted) Convert(
        byte[] image, string path, ReferenceAssemblies libraries, CancellationToken cancellation)
    {
        File.WriteAllBytes(path, image);
        var output = Path.ChangeExtension(path, ".pe");
        var order = libraries.LoadOrder(image);
        tools.MetadataProcessor.Run(
            new Dictionary<string, IReadOnlyList<string>>
            {
                ["{references}"] = [.. order.SelectMany(reference => new[] { "-loadHints", reference.Name, reference.Dll })],
                ["{input}"] = [path],
                ["{output}"] = [output],
            },
            Path.GetDirectoryName(path)!,
            ConversionLimit,
            null,
            cancellation);
        return File.Exists(output)
            ? ([.. order.Select(reference => reference.Pe)], output)
            : throw new InputException(
                $"{tools.MetadataProcessor.Name} ended well but wrote no {Path.GetFileName(output)}.",
                $"If {NanoClrTools.MetadataProcessorVariable} is set, check that it names {{output}} where the tool expects the file to write.");
    }

    // Windows done so far, and from their rate the time for the rest.
    private sealed class TimeLeft(int windows, IProgress<StepProgress>? progress)
    {
        private readonly Stopwatch watch = Stopwatch.StartNew();
        private readonly Lock gate = new();
        private int done;

        public void Add(int count)
        {
            lock (gate)
            {
                done += count;
                var seconds = (int)Math.Ceiling(watch.Elapsed.TotalSeconds * (windows - done) / done);
                progress?.Report(new StepProgress(
                    "interpreter", (double)done / windows, string.Create(CultureInfo.InvariantCulture, $"{done:N0} of {windows:N0} windows, {seconds} s left")));
            }
        }
    }
}

/// <summary>Counts where the interpreter's answers differ from those of the same code on the desktop.</summary>
internal sealed class InterpreterComparison(Classifier desktop)
{
    private readonly SampleWindow window = new(desktop);
    private readonly int[] features = new int[desktop.FeatureCount];
    private readonly int[] scores = new int[desktop.ClassCount];
    private int windows;
    private int featureMismatches;
    private int scoreMismatches;
    private int labelMismatches;
    private string? first;

    /// <summary>Takes in one program's stretches of samples and what it said about their windows.</summary>
    public void Add(IReadOnlyList<short[]> stretches, InterpreterAnswers said)
    {
        var inProgram = 0;
        foreach (var samples in stretches)
        {
            window.Restart();
            for (var at = 0; at < samples.Length; at += SensorScale.ChannelCount)
            {
                if (window.Push(samples[at], samples[at + 1], samples[at + 2], samples[at + 3], samples[at + 4], samples[at + 5]))
                {
                    Compare(inProgram++, said);
                    window.Slide();
                }
            }
        }
    }

    /// <summary>The counts.</summary>
    public ParityReport Report() =>
        new(["desktop", "nanoFramework interpreter"], windows, featureMismatches, scoreMismatches, labelMismatches, first);

    private void Compare(int index, InterpreterAnswers said)
    {
        var stage = desktop.Classify(window, features, scores);
        labelMismatches += Differs("stage", stage, said.Number("STAGE", index)) + Differs("class", ArgMax.Of(scores), said.Number("CLASS", index));
        for (var f = 0; f < features.Length; f++)
        {
            featureMismatches += Differs($"feature {f}", features[f], said.Number("FEATURE", index, f));
        }

        for (var c = 0; c < scores.Length; c++)
        {
            scoreMismatches += Differs($"score of {desktop.ClassName(c)}", scores[c], said.Number("SCORE", index, c));
        }

        windows++;
    }

    private int Differs(string what, int expected, int? actual)
    {
        if (expected == actual)
        {
            return 0;
        }

        first ??= $"window {windows}: {what} is {expected} on the desktop and {actual?.ToString() ?? "missing"} on the interpreter";
        return 1;
    }
}

/// <summary>What a program on the interpreter printed about its windows.</summary>
internal sealed class InterpreterAnswers
{
    // Kind, window, index of the first number, numbers.
    private const int FirstNumber = 3;

    private readonly Dictionary<(string Kind, int Window, int Index), int> numbers = [];

    /// <summary>Reads the output.</summary>
    /// <param name="text">All of it; lines of the runtime itself are skipped.</param>
    /// <param name="modelId">The model it must name.</param>
    /// <param name="windows">Windows it must have classified.</param>
    /// <exception cref="InputException">It said nothing, broke off, or ran another model: the check failed, exit code 3.</exception>
    public InterpreterAnswers(string text, string modelId, int windows)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries);
        if (!lines.Contains("BEGIN " + modelId))
        {
            throw new InputException(
                "The interpreter printed no line of the program: it did not run, whatever the interpreter's exit code."
                + (lines.FirstOrDefault(line => line.Contains("rror", StringComparison.Ordinal)) is { } error ? $" It said: {error}" : ""),
                "Check that mscorlib.pe belongs to this interpreter (nanoclr instance --getnativeassemblies names the version it expects).",
                InputException.CheckFailed);
        }

        if (!lines.Contains(LastLine(windows)))
        {
            throw new InputException(
                $"The program broke off on the interpreter after {lines.Count(line => line.StartsWith("STAGE ", StringComparison.Ordinal))} of {windows} windows.",
                "Look at the interpreter's own output for an exception; report it with the model.",
                InputException.CheckFailed);
        }

        foreach (var words in lines.Select(line => line.Split(' ')).Where(words => words.Length > FirstNumber))
        {
            if (words[0] is "STAGE" or "CLASS" or "FEATURE" or "SCORE"
                && TryParse(words[1], out var window)
                && TryParse(words[2], out var first))
            {
                for (var i = FirstNumber; i < words.Length && TryParse(words[i], out var value); i++)
                {
                    numbers[(words[0], window, first + i - FirstNumber)] = value;
                }
            }
        }
    }

    /// <summary>The line with which the program ends.</summary>
    public static string LastLine(int windows) => $"END {windows}";

    /// <summary>A number of a window; null when it was not printed.</summary>
    /// <param name="kind">STAGE, CLASS, FEATURE or SCORE.</param>
    /// <param name="window">Counted through the program.</param>
    /// <param name="index">Of the feature or class; else 0.</param>
    public int? Number(string kind, int window, int index = 0) =>
        numbers.TryGetValue((kind, window, index), out var value) ? value : null;

    private static bool TryParse(string word, out int value) => int.TryParse(word, CultureInfo.InvariantCulture, out value);
}
