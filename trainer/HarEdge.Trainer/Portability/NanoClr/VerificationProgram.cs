using System.Text;
using HarEdge.Core;
using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Portability.NanoClr;

/// <summary>
/// The programs that run on the interpreter: one library with Core, the model and a verifier that prints every feature and score,
/// converted once, and for each batch a small program with its samples. Their own code keeps to what works there.
/// </summary>
internal static class VerificationProgram
{
    /// <summary>Name of the library.</summary>
    public const string LibraryName = "HarEdge.Verification";

    /// <summary>Name of each batch's program.</summary>
    public const string BatchName = "HarEdge.Batch";

    // 40 KB of initial values in one assembly ran on the interpreter, 80 KB compiled and then printed nothing.
    private const int MostInitialBytes = 40_000;

    private const string Verifier = """
        using System;

        namespace HarEdge.Core.Verification
        {
            public sealed class Verifier
            {
                private const int NumbersInLine = 8;

                private readonly Classifier model = new Generated.ActivityModel();
                private readonly KnownAnswerSet answers = new Generated.KnownAnswers();
                private readonly SampleWindow window;
                private readonly int[] features;
                private readonly int[] scores;
                private int windows;

                public Verifier()
                {
                    window = new SampleWindow(model);
                    features = new int[model.FeatureCount];
                    scores = new int[model.ClassCount];
                    Console.WriteLine("BEGIN " + model.ModelId);
                }

                public void RunKnownAnswers()
                {
                    for (int i = 0; i < answers.Count; i++)
                    {
                        Run(answers.Samples(i));
                    }
                }

                // Every window of a stretch of samples, one after the other: what one window leaves to the next is used, too.
                public void Run(short[] samples)
                {
                    window.Restart();
                    for (int at = 0; at < samples.Length; at += 6)
                    {
                        if (window.Push(samples[at], samples[at + 1], samples[at + 2], samples[at + 3], samples[at + 4], samples[at + 5]))
                        {
                            int stage = model.Classify(window, features, scores);
                            Console.WriteLine("STAGE " + windows.ToString() + " 0 " + stage.ToString());
                            Console.WriteLine("CLASS " + windows.ToString() + " 0 " + ArgMax.Of(scores).ToString());
                            Print("FEATURE", features);
                            Print("SCORE", scores);
                            window.Slide();
                            windows++;
                        }
                    }
                }

                public void End()
                {
                    Console.WriteLine("END " + windows.ToString());
                }

                private void Print(string kind, int[] numbers)
                {
                    for (int first = 0; first < numbers.Length; first += NumbersInLine)
                    {
                        string line = kind + " " + windows.ToString() + " " + first.ToString();
                        for (int i = first; i < first + NumbersInLine && i < numbers.Length; i++)
                        {
                            line += " " + numbers[i].ToString();
                        }

                        Console.WriteLine(line);
                    }
                }
            }
        }
        """;

    /// <summary>The library of a model.</summary>
    public static IReadOnlyList<DeviceSource> Library(GeneratedSources generated) =>
    [
        .. DeviceSource.CoreOnDevice,
        new DeviceSource(CSharpGenerator.FileName, generated.Model),
        new DeviceSource(KnownAnswersGenerator.FileName, generated.KnownAnswers),
        new DeviceSource("Verifier.cs", Verifier),
    ];

    /// <summary>The program over the library's known answers.</summary>
    public static DeviceSource KnownAnswers() => Batch("            verifier.RunKnownAnswers();\n");

    /// <summary>The program over stretches of samples, six counts each; <see cref="Split"/> says how many fit.</summary>
    public static DeviceSource OfStretches(IEnumerable<short[]> stretches)
    {
        var text = new StringBuilder();
        foreach (var stretch in stretches)
        {
            text.Append("            verifier.Run(new short[] { ").AppendJoin(", ", stretch).Append(" });\n");
        }

        return Batch(text.ToString());
    }

    /// <summary>Stretches in batches that each fit one program.</summary>
    public static IReadOnlyList<IReadOnlyList<short[]>> Split(IReadOnlyList<short[]> stretches)
    {
        var batches = new List<IReadOnlyList<short[]>>();
        var batch = new List<short[]>();
        var bytes = 0;
        foreach (var stretch in stretches)
        {
            if (batch.Count > 0 && bytes + stretch.Length * sizeof(short) > MostInitialBytes)
            {
                batches.Add(batch);
                (batch, bytes) = ([], 0);
            }

            batch.Add(stretch);
            bytes += stretch.Length * sizeof(short);
        }

        if (batch.Count > 0)
        {
            batches.Add(batch);
        }

        return batches;
    }

    private static DeviceSource Batch(string calls) => new("Program.cs", $$"""
        namespace HarEdge.Core.Verification
        {
            public static class Program
            {
                public static void Main()
                {
                    Verifier verifier = new Verifier();
        {{calls}}            verifier.End();
                }
            }
        }
        """);
}

/// <summary>Stretches of recordings for the interpreter, each of a few windows in a row.</summary>
internal static class SampleStretches
{
    // Enough that sums and channels are taken over from the window before, and again from one that took them over itself.
    private const int WindowsInRow = 4;

    /// <summary>Takes stretches from all over some recordings.</summary>
    /// <param name="recordings">Recordings to take from.</param>
    /// <param name="windowSamples">Samples of a window.</param>
    /// <param name="hopSamples">Samples from one window to the next.</param>
    /// <param name="windows">Windows wanted; fewer come where the recordings hold fewer.</param>
    /// <returns>Samples of six counts, oldest first.</returns>
    /// <exception cref="InputException">No run is as long as a window.</exception>
    public static IReadOnlyList<short[]> Take(IReadOnlyList<Recording> recordings, int windowSamples, int hopSamples, int windows)
    {
        var longest = windowSamples + (WindowsInRow - 1) * hopSamples;
        List<(Recording Recording, int Start, int Windows)> pieces =
        [
            .. from recording in recordings
               from run in recording.Runs
               from start in Starts(run, longest)
               let length = Math.Min(longest, run.End - start)
               where length >= windowSamples
               select (recording, start, 1 + (length - windowSamples) / hopSamples),
        ];
        if (pieces.Count == 0)
        {
            throw new InputException(
                $"No run of the recordings is as long as a window of {windowSamples} samples.",
                "Give recordings of some seconds without a gap, or a shorter window.");
        }

        var taken = new List<(int Piece, int Windows)>();
        var missing = windows;
        foreach (var piece in SpreadOrder(pieces.Count))
        {
            if (missing == 0)
            {
                break;
            }

            var count = Math.Min(missing, pieces[piece].Windows);
            taken.Add((piece, count));
            missing -= count;
        }

        return [.. taken.OrderBy(item => item.Piece).Select(item => Cut(
            pieces[item.Piece].Recording, pieces[item.Piece].Start, windowSamples + (item.Windows - 1) * hopSamples))];
    }

    private static IEnumerable<int> Starts(Run run, int step)
    {
        for (var start = run.Start; start < run.End; start += step)
        {
            yield return start;
        }
    }

    // Multiples of the golden ratio, modulo 1, are spread evenly however many are taken (Weyl; Knuth, TAOCP vol. 3, 6.4).
    private static IEnumerable<int> SpreadOrder(int count)
    {
        const double GoldenRatio = 0.618033988749895;
        return Enumerable.Range(0, count).OrderBy(i => i * GoldenRatio % 1.0);
    }

    private static short[] Cut(Recording recording, int start, int length)
    {
        var samples = new short[length * SensorScale.ChannelCount];
        for (var at = 0; at < samples.Length; at++)
        {
            samples[at] = recording.Channels[at % SensorScale.ChannelCount][start + at / SensorScale.ChannelCount];
        }

        return samples;
    }
}
