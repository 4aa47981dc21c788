using System.Collections.Concurrent;
using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Portability.NanoClr;
using HarEdge.Trainer.Tests.CodeGeneration;
using HarEdge.Trainer.Tests.Cost;

namespace HarEdge.Trainer.Tests.Portability.NanoClr;

/// <summary>The plumbing of verify-on-nanoclr, with stand-in commands; <see cref="RealInterpreterTests"/> uses the real ones.</summary>
public class NanoClrVerificationTests
{
    private static readonly FixedPointModel Model = ModelFile.Read(Path.Combine(Golden.Repository(), "firmware", "Core", "Generated", "model.json"));
    private static readonly GeneratedSources Generated = GeneratedSources.Of(Model);

    [Fact]
    public void A_program_that_computes_the_same_passes_on_known_answers_and_windows()
    {
        using var tools = new StandInTools();
        var report = new NanoClrVerification(Model, Generated, tools.Tools()).Run(NoiseData.Make(14).Recordings, 12);
        Assert.Equal(0, report.Mismatches);
        Assert.Null(report.FirstMismatch);
        Assert.Equal(new HarEdge.Core.Generated.KnownAnswers().Count + 12, report.Windows);
    }

    [Theory]
    [InlineData("FEATURE 1 0", "feature 0")]
    [InlineData("SCORE 1 0", "score of")]
    [InlineData("STAGE 1 0", "stage")]
    [InlineData("CLASS 1 0", "class")]
    public void A_single_other_number_is_found_and_shown(string line, string what)
    {
        using var tools = new StandInTools();
        var lying = tools.Script("lying", $"{tools.Interpreter} \"$@\" | sed 's/^{line} [-0-9]*/{line} 77777/'");
        var report = new NanoClrVerification(Model, Generated, tools.Tools(interpreter: lying)).Run([], 0);
        Assert.Equal(1, report.Mismatches);
        Assert.StartsWith($"window 1: {what}", report.FirstMismatch, StringComparison.Ordinal);
        Assert.EndsWith("77777 on the interpreter", report.FirstMismatch, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_is_not_printed_is_a_mismatch()
    {
        using var tools = new StandInTools();
        var silent = tools.Script("silent", $"{tools.Interpreter} \"$@\" | sed '/^CLASS 3 /d'");
        var report = new NanoClrVerification(Model, Generated, tools.Tools(interpreter: silent)).Run([], 0);
        Assert.Equal((1, 1), (report.Mismatches, report.LabelMismatches));
        Assert.EndsWith("missing on the interpreter", report.FirstMismatch, StringComparison.Ordinal);
    }

    [Fact]
    public void Core_and_model_are_converted_once_and_samples_in_batches_of_forty_windows()
    {
        using var tools = new StandInTools();
        var seen = new ConcurrentBag<StepProgress>();
        var report = new NanoClrVerification(Model, Generated, tools.Tools())
            .Run(NoiseData.Make(60).Recordings, 100, new Listener(seen.Add), TestContext.Current.CancellationToken);
        var all = 100 + new HarEdge.Core.Generated.KnownAnswers().Count;
        Assert.Equal((0, all), (report.Mismatches, report.Windows));
        var converted = File.ReadAllLines(tools.Conversions);
        Assert.Single(converted, path => path.EndsWith("HarEdge.Verification.dll", StringComparison.Ordinal));
        Assert.Equal(1 + 1 + 3, converted.Length);
        Assert.Equal(4, seen.Count);
        Assert.Contains(seen, step => step.Fraction == 1 && step.Detail == $"{all} of {all} windows, 0 s left");
    }

    [Theory]
    [InlineData("true", "printed no line")]
    [InlineData("echo loaded 3 assemblies", "printed no line")]
    [InlineData("echo BEGIN f672e4945592; echo STAGE 0 0 1", "broke off")]
    public void A_silent_or_broken_run_is_a_failure(string script, string message)
    {
        using var tools = new StandInTools();
        var silent = tools.Script("silent", script.Replace("f672e4945592", Model.Id, StringComparison.Ordinal));
        AssertFails(3, message, () => new NanoClrVerification(Model, Generated, tools.Tools(interpreter: silent)).Run([], 0));
    }

    [Fact]
    public void A_tool_that_fails_is_quoted()
    {
        using var tools = new StandInTools();
        var failing = tools.Script("failing", "echo no metadata >&2; exit 9");
        AssertFails(1, "HAREDGE_MDP ended with code 9: no metadata", () => new NanoClrVerification(Model, Generated, tools.Tools(converter: failing)).Run([], 0));
    }

    [Fact]
    public void A_converter_that_writes_nothing_is_noticed()
    {
        using var tools = new StandInTools();
        AssertFails(1, "wrote no", () => new NanoClrVerification(Model, Generated, tools.Tools(converter: tools.Script("lazy", "true"))).Run([], 0));
    }

    [Fact]
    public void A_program_that_does_not_exist_is_named()
    {
        using var tools = new StandInTools();
        AssertFails(1, "/no/such/tool", () => new NanoClrVerification(Model, Generated, tools.Tools(converter: "/no/such/tool")).Run([], 0));
    }

    [Fact]
    public void A_reference_without_its_converted_form_is_named()
    {
        using var tools = new StandInTools();
        File.Delete(Path.Combine(tools.References, "System.Console.pe"));
        AssertFails(1, "System.Console.pe", () => new NanoClrVerification(Model, Generated, tools.Tools()).Run([], 0));
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
        var error = Assert.Throws<InputException>(action);
        Assert.Equal(exitCode, error.ExitCode);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Remedy);
    }

    // As IProgress, but at once and on the caller's thread.
    private sealed class Listener(Action<StepProgress> listen) : IProgress<StepProgress>
    {
        public void Report(StepProgress value) => listen(value);
    }
}
