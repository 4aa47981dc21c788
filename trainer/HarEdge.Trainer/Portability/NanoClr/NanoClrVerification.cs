using HarEdge.Core;
using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;
using Microsoft.CodeAnalysis;

namespace HarEdge.Trainer.Portability.NanoClr;

/// <summary>
/// Runs Core and a generated model on the real nanoFramework interpreter and compares every feature, score and class with the
/// desktop's: on the known answers, and on windows of recordings.
/// </summary>
public sealed class NanoClrVerification
{
    private const string ProgramName = "HarEdge.Verification";
    private static readonly TimeSpan ConversionLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(10);

    private readonly FixedPointModel model;
    private readonly GeneratedSources generated;
    private readonly NanoClrSettings settings;
    private readonly ReferenceAssemblies references;

    /// <summary>Prepares a model.</summary>
    /// <param name="model">A valid model.</param>
    /// <param name="settings">Where the tools are.</param>
    /// <exception cref="InputException">The reference folder holds no assembly.</exception>
    public NanoClrVerification(FixedPointModel model, NanoClrSettings settings)
    {
        this.model = model;
        this.settings = settings;
        generated = GeneratedSources.Of(model);
        references = ReferenceAssemblies.In(settings.ReferenceFolder);
    }

    /// <summary>Compares.</summary>
    /// <param name="recordings">Recordings to take windows from; none leaves it at the known answers.</param>
    /// <param name="windows">Windows to take from them, evenly spread.</param>
    /// <param name="progress">Told the share of programs run.</param>
    /// <param name="cancellation">Stops at once.</param>
    /// <exception cref="InputException">A tool failed, or the program was silent or broke off on the interpreter.</exception>
    public ParityReport Run(
        IReadOnlyList<Recording> recordings, int windows, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        using CompiledModel desktop = generated.Compile();
        var comparison = new InterpreterComparison(desktop.Classifier);
        List<short[]> taken = recordings.Count == 0 ? [] : [.. SpreadWindows.Take(recordings, model.Signal.WindowSamples, windows).Select(Interleave)];
        KnownAnswerSet answers = desktop.KnownAnswers!;
        List<(IReadOnlyList<DeviceSource> Sources, IReadOnlyList<short[]> Windows)> programs =
        [
            (HarnessSource.OfKnownAnswers(generated), [.. Enumerable.Range(0, answers.Count).Select(answers.Samples)]),
            .. taken.Chunk(HarnessSource.MostWindows).Select(chunk => (HarnessSource.OfWindows(generated, chunk), (IReadOnlyList<short[]>)chunk)),
        ];
        string folder = Directory.CreateTempSubdirectory("haredge-nanoclr-").FullName;
        try
        {
            for (int i = 0; i < programs.Count; i++)
            {
                string said = RunProgram(programs[i].Sources, programs[i].Windows.Count, folder, cancellation);
                comparison.Add(programs[i].Windows, new InterpreterOutput(said, model.Id, programs[i].Windows.Count));
                progress?.Report(new StepProgress("interpreter", (i + 1.0) / programs.Count));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return comparison.Report();
    }

    private string RunProgram(IReadOnlyList<DeviceSource> sources, int windows, string folder, CancellationToken cancellation)
    {
        byte[] image = DeviceCompiler.Compile(sources, references.Dlls, ProgramName, OutputKind.ConsoleApplication);
        string input = Path.Combine(folder, ProgramName + ".exe");
        string output = Path.Combine(folder, ProgramName + ".pe");
        File.WriteAllBytes(input, image);
        File.Delete(output);
        IReadOnlyList<(string Name, string Dll, string Pe)> order = references.LoadOrder(image);
        settings.MetadataProcessor.Run(
            new Dictionary<string, IReadOnlyList<string>>
            {
                ["{references}"] = [.. order.SelectMany(reference => new[] { "-loadHints", reference.Name, reference.Dll })],
                ["{input}"] = [input],
                ["{output}"] = [output],
            },
            folder,
            ConversionLimit,
            null,
            cancellation);
        if (!File.Exists(output))
        {
            throw new InputException(
                $"The command of {NanoClrSettings.MetadataProcessorVariable} ended well but wrote no {Path.GetFileName(output)}.",
                "Check that its template names {output} where the tool expects the file to write.");
        }

        return settings.Interpreter.Run(
            new Dictionary<string, IReadOnlyList<string>> { ["{assemblies}"] = [.. order.Select(reference => reference.Pe), output] },
            folder,
            RunLimit,
            InterpreterOutput.LastLine(windows),
            cancellation);
    }

    private static short[] Interleave(short[][] channels) =>
        [.. Enumerable.Range(0, channels[0].Length).SelectMany(at => channels.Select(channel => channel[at]))];
}
