using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Portability.NanoClr;
using HarEdge.Trainer.Tests.CodeGeneration;
using HarEdge.Trainer.Tests.Cost;

namespace HarEdge.Trainer.Tests.Portability.NanoClr;

/// <summary>The plumbing of verify-on-nanoclr, with stand-in commands: no nanoFramework tool runs here.</summary>
public class NanoClrVerificationTests
{
    private static FixedPointModel Model => ModelFile.Read(Path.Combine(Golden.Repository(), "firmware", "Core", "Generated", "model.json"));

    [Fact]
    public void A_program_that_computes_the_same_passes_on_known_answers_and_windows()
    {
        using var tools = new StandInTools();
        ParityReport report = new NanoClrVerification(Model, tools.Settings()).Run(NoiseData.Make(14).Recordings, 12);
        Assert.Equal(0, report.Mismatches);
        Assert.Null(report.FirstMismatch);
        Assert.Equal(new HarEdge.Core.Generated.KnownAnswers().Count + 12, report.Windows);
    }

    [Theory]
    [InlineData("FEATURE 1 0 ", "feature 0")]
    [InlineData("SCORE 1 2 ", "score of")]
    [InlineData("STAGE 1 ", "stage")]
    public void A_single_other_number_is_found_and_shown(string line, string what)
    {
        using var tools = new StandInTools();
        string lying = tools.Script("lying", $"{tools.Interpreter} \"$@\" | sed 's/^{line}.*/{line}77777 77777/; s/^\\({line}77777\\) 77777$/{(line[0] == 'S' && line[1] == 'T' ? "&" : "\\1")}/'");
        ParityReport report = new NanoClrVerification(Model, tools.Settings(interpreter: lying)).Run([], 0);
        Assert.InRange(report.Mismatches, 1, 2);
        Assert.Contains($"window 1: {what}", report.FirstMismatch, StringComparison.Ordinal);
        Assert.Contains("77777 on the interpreter", report.FirstMismatch, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", "printed no line")]
    [InlineData("echo loaded 3 assemblies", "printed no line")]
    [InlineData("echo BEGIN f672e4945592; echo STAGE 0 0 1", "broke off")]
    public void A_silent_or_broken_run_is_a_failure(string script, string message)
    {
        using var tools = new StandInTools();
        string silent = tools.Script("silent", script.Replace("f672e4945592", Model.Id, StringComparison.Ordinal));
        AssertFails(3, message, () => new NanoClrVerification(Model, tools.Settings(interpreter: silent)).Run([], 0));
    }

    [Fact]
    public void A_tool_that_fails_is_quoted()
    {
        using var tools = new StandInTools();
        string failing = tools.Script("failing", "echo no metadata >&2; exit 9");
        AssertFails(1, "HAREDGE_MDP ended with code 9: no metadata", () => new NanoClrVerification(Model, tools.Settings(converter: failing)).Run([], 0));
    }

    [Fact]
    public void A_converter_that_writes_nothing_is_noticed()
    {
        using var tools = new StandInTools();
        AssertFails(1, "wrote no", () => new NanoClrVerification(Model, tools.Settings(converter: tools.Script("lazy", "true"))).Run([], 0));
    }

    [Fact]
    public void A_program_that_does_not_exist_is_named()
    {
        using var tools = new StandInTools();
        AssertFails(1, "/no/such/tool", () => new NanoClrVerification(Model, tools.Settings(converter: "/no/such/tool")).Run([], 0));
    }

    [Fact]
    public void A_reference_without_its_converted_form_is_named()
    {
        using var tools = new StandInTools();
        File.Delete(Path.Combine(tools.References, "System.Console.pe"));
        AssertFails(1, "System.Console.pe", () => new NanoClrVerification(Model, tools.Settings()).Run([], 0));
    }

    [Fact]
    public void Missing_variables_are_named_and_exit_with_three()
    {
        InputException error = Assert.Throws<InputException>(() => NanoClrSettings.Read(
            variable => variable == NanoClrSettings.MetadataProcessorVariable ? "mdp {references} {input} {output}" : null));
        Assert.Equal(3, error.ExitCode);
        Assert.Contains("HAREDGE_NANOFRAMEWORK_REFS, HAREDGE_NANOCLR are not set", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("HAREDGE_MDP", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_assemblies_is_refused() => AssertFails(1, "holds no assembly", () => ReferenceAssemblies.In("no such folder"));

    [Fact]
    public void References_come_in_the_order_in_which_they_need_each_other()
    {
        using var tools = new StandInTools();
        IReadOnlyList<string> order = [.. ReferenceAssemblies.In(tools.References)
            .LoadOrder(File.ReadAllBytes(typeof(Console).Assembly.Location)).Select(reference => reference.Name)];
        Assert.True(order.ToList().IndexOf("System.Private.CoreLib") < order.ToList().IndexOf("System.Runtime"));
    }

    private static void AssertFails(int exitCode, string message, Action action)
    {
        InputException error = Assert.Throws<InputException>(action);
        Assert.Equal(exitCode, error.ExitCode);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Remedy);
    }
}
