using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Tests.CodeGeneration;
using HarEdge.Trainer.Tests.Telemetry;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace HarEdge.Trainer.Tests;

/// <summary>The example of trainer/README.md, compiled against the library as a stranger's program is, and run.</summary>
public sealed class EmbeddingTests
{
    [Fact]
    public void The_example_of_the_library_compiles_and_runs()
    {
        var readme = File.ReadAllText(Path.Combine(Golden.Repository(), "trainer", "README.md"));
        var example = Assert.Single(Regex.Matches(readme, "```csharp\n(.*?)```", RegexOptions.Singleline)).Groups[1].Value;
        var folder = Directory.CreateTempSubdirectory("haredge-embedding-").FullName;
        try
        {
            var log = Path.Combine(folder, "serial.log");
            File.WriteAllBytes(log, DeviceLines.Plain(DeviceLines.OfTwin));
            var data = WriteData(folder);
            var said = new StringWriter();
            Run(example.Replace("\"synthetic\"", "args[2]", StringComparison.Ordinal), said, [folder, log, data]);
            var lines = said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            Assert.Equal(2, lines.Length);
            Assert.Matches(@"^[0-9a-f]{12} names \d\d\.\d % of \d+ windows right$", lines[0]);
            Assert.Matches(@"^[A-Z_]+ after \d+ decisions, link 100\.0 %$", lines[1]);
            Assert.Equal(lines[0][..12], ModelFile.Read(Path.Combine(folder, "model.json")).Id);
            Assert.True(File.Exists(Path.Combine(folder, "ActivityModel.g.cs")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Three people of some two minutes each in the place of the ten of the built-in data: the example says that any path will do.
    private static string WriteData(string folder)
    {
        var set = SyntheticWearer.Create(new SyntheticOptions { Subjects = 3, SecondsPerActivity = 20 });
        var text = new StringBuilder("time_ms,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps,label,subject\n");
        foreach (var recording in set.Recordings.Where(recording => recording.Name.EndsWith("_1", StringComparison.Ordinal)))
        {
            for (var i = 0; i < recording.SampleCount; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{20 * i},").Append(string.Join(',', recording.Channels.Select((channel, c) => (channel[i] / (c < 3 ? 8192.0 : 65.5)).ToString("0.####", CultureInfo.InvariantCulture))))
                    .Append(',').Append(recording.Labels[i] < 0 ? "" : set.Classes[recording.Labels[i]]).Append(',').Append(recording.Subject).Append('\n');
            }
        }

        var path = Path.Combine(folder, "people.csv");
        File.WriteAllText(path, text.ToString());
        return path;
    }

    // The program's console is a parameter here: the tests' own belongs to all of them.
    private static void Run(string example, TextWriter console, string[] args)
    {
        var source = "using System; using System.IO; using System.Linq; using System.Collections.Generic;\n"
            + example.Replace("Console.WriteLine", "Said.Writer.WriteLine", StringComparison.Ordinal)
            + "\npublic static class Said { public static TextWriter Writer = TextWriter.Null; }";
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Embedding", [CSharpSyntaxTree.ParseText(source)], references, new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        var assembly = Assembly.Load(image.ToArray());
        assembly.GetType("Said")!.GetField("Writer")!.SetValue(null, console);
        assembly.EntryPoint!.Invoke(null, [args]);
    }
}
