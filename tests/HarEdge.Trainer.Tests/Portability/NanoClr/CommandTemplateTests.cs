using HarEdge.Trainer.Portability.NanoClr;

namespace HarEdge.Trainer.Tests.Portability.NanoClr;

public class CommandTemplateTests
{
    private static readonly Dictionary<string, IReadOnlyList<string>> Values = new()
    {
        ["{input}"] = ["/a b/in.exe"],
        ["{output}"] = ["out.pe"],
        ["{references}"] = ["-loadHints", "mscorlib", "/a b/mscorlib.dll"],
    };

    [Fact]
    public void Placeholders_become_whole_words_whatever_is_in_them() => Assert.Equal(
        ["tool", "-loadHints", "mscorlib", "/a b/mscorlib.dll", "-parse", "/a b/in.exe", "-compile", "out.pe", "true"],
        Parse("tool {references} -parse {input} -compile {output} true").Fill(Values));

    [Fact]
    public void Quotes_keep_spaces_and_placeholders_may_be_part_of_a_word() => Assert.Equal(
        ["C:\\Program Files\\tool.exe", "", "--in=/a b/in.exe", "out.pe", "-loadHints", "mscorlib", "/a b/mscorlib.dll"],
        Parse("\"C:\\Program Files\\tool.exe\" \"\"  --in={input} {output} {references}").Fill(Values));

    [Fact]
    public void A_template_with_some_placeholders_only_is_refused()
    {
        var error = Assert.Throws<InputException>(() => Parse("tool {references} {input}"));
        Assert.Contains("HAREDGE_MDP has no {output}", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, error.ExitCode);
    }

    [Theory]
    [InlineData("tool", "tool")]
    [InlineData("mono tool.exe", "mono,tool.exe")]
    [InlineData("\"C:\\Program Files\\tool.exe\"", "C:\\Program Files\\tool.exe")]
    public void A_program_alone_gets_the_usual_arguments(string text, string program) => Assert.Equal(
        [.. program.Split(','), "-loadHints", "mscorlib", "/a b/mscorlib.dll", "-parse", "/a b/in.exe", "-compile", "out.pe", "false"],
        Parse(text).Fill(Values));

    [Fact]
    public void A_path_with_spaces_that_exists_needs_no_quotes()
    {
        using var tools = new StandInTools();
        var program = tools.Script("a program", "true");
        Assert.Equal(program, Parse(program).Fill(Values)[0]);
    }

    [Fact]
    public void A_command_that_does_not_end_is_ended()
    {
        using var tools = new StandInTools();
        var sleeping = CommandTemplate.Parse("HAREDGE_NANOCLR", tools.Script("sleeping", "sleep 60") + " {assemblies}", "{assemblies}");
        var error = Assert.Throws<InputException>(
            () => sleeping.Run(Values, Path.GetTempPath(), TimeSpan.FromMilliseconds(200), null, TestContext.Current.CancellationToken));
        Assert.Contains("did not end within", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_that_idles_after_its_last_line_is_ended_and_believed()
    {
        using var tools = new StandInTools();
        var idling = CommandTemplate.Parse(
            "HAREDGE_NANOCLR", tools.Script("idling", "echo hello; echo END 3; exec sleep 60") + " {assemblies}", "{assemblies}");
        Assert.Equal(
            "hello\nEND 3\n", idling.Run(Values, Path.GetTempPath(), TimeSpan.FromSeconds(50), "END 3", TestContext.Current.CancellationToken));
    }

    private static CommandTemplate Parse(string text) => CommandTemplate.Parse("HAREDGE_MDP", text, "{references}", "-parse", "{input}", "-compile", "{output}", "false");
}
