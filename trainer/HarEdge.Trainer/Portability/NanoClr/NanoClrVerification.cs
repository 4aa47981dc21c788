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
