using System.Reflection;
using HarEdge.Trainer.Learning.Learners;
using HarEdge.Trainer.Tables;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace HarEdge.Trainer.Tests.Tables;

/// <summary>The class written for a model of a table, compiled, against the model.</summary>
public sealed class TableModelCodeTests
{
    [Theory]
    [InlineData("Linear")]
    [InlineData("Logistic")]
    [InlineData("Forest")]
    [InlineData("ExtraTrees")]
    [InlineData("LightGbm")]
    [InlineData("Linear,LightGbm,Forest")]
    public void The_class_says_what_the_model_says_of_every_row_also_with_missing_values(string kinds)
    {
        using var made = new MadeTable();
        made.Write("t.csv", Holed(MadeTable.Csv(MadeTable.Rows(people: 5, spread: 2.5)), seed: 1));
        made.Write("other.csv", Holed(MadeTable.Csv(MadeTable.Rows(people: 5, spread: 2.5)), seed: 2));
        var (table, others) = (made.Read("t.csv"), made.Read("other.csv"));
        TableLearner[] members = [.. kinds.Split(',').Select(kind => kind == "Forest" ? new ForestLearner(isExtra: false, trees: 30) : TableLearner.Of(Enum.Parse<TableLearnerKind>(kind)))];
        var request = new TableTrainingRequest(new TableOptions { Paths = [] }, 1, "haredge train", members);
        using var model = TableTraining.Run(table, TableTraining.Examples(table, null), request).Model;
        var type = Compiled(TableModelCode.Of(model)).GetType("TableClassifier")!;
        var scoresOf = type.GetMethod("Scores")!.CreateDelegate<Func<float[], double[]>>();
        var classOf = type.GetMethod("Classify")!.CreateDelegate<Func<float[], int>>();
        Assert.Equal(model.Header.Classes, (string[])type.GetField("Classes")!.GetValue(null)!);
        Assert.Equal(model.Header.Features, (string[])type.GetField("Features")!.GetValue(null)!);
        var wanted = model.Score(others.Values);
        for (var row = 0; row < others.Rows; row++)
        {
            float[] values = [.. others.Values.Select(column => column[row])];
            var scores = scoresOf(values);
            Assert.All(scores, (score, c) => Assert.Equal(wanted[row][c], score, 1e-4 * (1 + Math.Abs(score))));
            Assert.Equal(wanted.BestClasses()[row], classOf(values));
        }
    }

    [Fact]
    public void A_support_vector_machine_is_no_code_and_says_so()
    {
        using var made = new MadeTable();
        made.Write("t.csv", MadeTable.Csv(MadeTable.Rows()));
        var table = made.Read("t.csv");
        var request = new TableTrainingRequest(new TableOptions { Paths = [] }, 1, "haredge train", [TableLearner.Of(TableLearnerKind.Svc)]);
        using var model = TableTraining.Run(table, table, request).Model;
        Assert.Contains("support vector machine", Assert.Throws<InputException>(() => TableModelCode.Of(model)).Message, StringComparison.Ordinal);
    }

    // Every ninth number is missing.
    private static string Holed(string csv, int seed)
    {
        var random = new Random(seed);
        return string.Join('\n', csv.TrimEnd('\n').Split('\n').Select((line, i) => i == 0 ? line
            : string.Join(',', line.Split(',').Select((cell, column) => column < MadeTable.Features && random.Next(9) == 0 ? "" : cell)))) + "\n";
    }

    private static Assembly Compiled(string source)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => Path.GetFileName(path) is "System.Runtime.dll" or "System.Private.CoreLib.dll");
        var compilation = CSharpCompilation.Create(
            "Table" + Guid.NewGuid().ToString("N"), [CSharpSyntaxTree.ParseText(source)], [.. platform.Select(path => MetadataReference.CreateFromFile(path))], new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(5)));
        return Assembly.Load(image.ToArray());
    }
}
