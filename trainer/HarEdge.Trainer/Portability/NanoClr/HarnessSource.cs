using System.Text;
using HarEdge.Trainer.CodeGeneration;

namespace HarEdge.Trainer.Portability.NanoClr;

/// <summary>
/// The program that runs on the interpreter: it classifies windows and prints every feature and score. Its own code keeps to what
/// works there.
/// </summary>
internal static class HarnessSource
{
    /// <summary>
    /// Windows in one program: each is 6 · 256 counts of two bytes at most, 3 KB; array initial values up to 40 KB are known to
    /// work on the device.
    /// </summary>
    public const int MostWindows = 10;

    private const string Program = """
        using System;

        namespace HarEdge.Core.Verification
        {
            public static class Program
            {
                public static void Main()
                {
                    Classifier model = new Generated.ActivityModel();
                    SampleWindow window = new SampleWindow(model.WindowSamples, model.HopSamples);
                    int[] features = new int[model.FeatureCount];
                    int[] scores = new int[model.ClassCount];
                    Console.WriteLine("BEGIN " + model.ModelId);
                    for (int i = 0; i < Windows.Count; i++)
                    {
                        short[] samples = Windows.Samples(i);
                        window.Restart();
                        for (int at = 0; at < samples.Length; at += 6)
                        {
                            window.Push(samples[at], samples[at + 1], samples[at + 2], samples[at + 3], samples[at + 4], samples[at + 5]);
                        }

                        int stage = model.Classify(window, features, scores);
                        Console.WriteLine("STAGE " + i.ToString() + " " + stage.ToString() + " " + ArgMax.Of(scores).ToString());
                        for (int f = 0; f < features.Length; f++)
                        {
                            Console.WriteLine("FEATURE " + i.ToString() + " " + f.ToString() + " " + features[f].ToString());
                        }

                        for (int c = 0; c < scores.Length; c++)
                        {
                            Console.WriteLine("SCORE " + i.ToString() + " " + c.ToString() + " " + scores[c].ToString());
                        }
                    }

                    Console.WriteLine("END " + Windows.Count.ToString());
                }
            }
        }
        """;

    private const string KnownAnswerWindows = """
        namespace HarEdge.Core.Verification
        {
            public static class Windows
            {
                private static readonly KnownAnswerSet Answers = new Generated.KnownAnswers();

                public static int Count
                {
                    get { return Answers.Count; }
                }

                public static short[] Samples(int index)
                {
                    return Answers.Samples(index);
                }
            }
        }
        """;

    /// <summary>A program over the model's known answers.</summary>
    public static IReadOnlyList<DeviceSource> OfKnownAnswers(GeneratedSources generated) =>
    [
        .. DeviceSource.Core,
        new DeviceSource(CSharpGenerator.FileName, generated.Model),
        new DeviceSource(KnownAnswersGenerator.FileName, generated.KnownAnswers),
        new DeviceSource("Windows.cs", KnownAnswerWindows),
        new DeviceSource("Program.cs", Program),
    ];

    /// <summary>A program over given windows.</summary>
    /// <param name="generated">The model.</param>
    /// <param name="windows">At most <see cref="MostWindows"/> windows of samples, six counts each.</param>
    public static IReadOnlyList<DeviceSource> OfWindows(GeneratedSources generated, IReadOnlyList<short[]> windows) =>
    [
        .. DeviceSource.Core,
        new DeviceSource(CSharpGenerator.FileName, generated.Model),
        new DeviceSource("Windows.cs", ArraysOf(windows)),
        new DeviceSource("Program.cs", Program),
    ];

    private static string ArraysOf(IReadOnlyList<short[]> windows)
    {
        var text = new StringBuilder();
        text.Append("namespace HarEdge.Core.Verification\n{\n    public static class Windows\n    {\n");
        text.Append("        public const int Count = ").Append(windows.Count).Append(";\n\n");
        text.Append("        public static short[] Samples(int index)\n        {\n            switch (index)\n            {\n");
        for (int i = 0; i < windows.Count; i++)
        {
            text.Append("                case ").Append(i).Append(":\n                    return new short[] { ")
                .AppendJoin(", ", windows[i]).Append(" };\n");
        }

        return text.Append("            }\n\n            return null;\n        }\n    }\n}\n").ToString();
    }
}
