using HarEdge.Cli.Output;

namespace HarEdge.Cli.Tests.Running;

/// <summary>One run of the real command line in this process, with all it wrote.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    /// <summary>Runs the arguments as a pipe would see them.</summary>
    public static CliRun Of(params string[] args) => Of(CancellationToken.None, args);

    /// <summary>The same, to be cancelled.</summary>
    public static CliRun Of(CancellationToken cancellation, params string[] args) => Of(false, args, cancellation);

    /// <summary>Runs the arguments as a person at a terminal would see the data stream.</summary>
    public static CliRun AtTerminal(params string[] args) => Of(true, args, CancellationToken.None);

    /// <summary>The sentence that says what is wrong; empty when nothing is.</summary>
    public string Message => LineAfter("error: ");

    /// <summary>The sentence that says what to do.</summary>
    public string Remedy => LineAfter("  fix: ");

    /// <summary>Asserts a refusal in the agreed form: this exit code, one message, one remedy, no data, no stack trace.</summary>
    public CliRun AssertRefused(int exitCode, params string[] messageHas)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode}, wanted {exitCode}; stderr: {Error}");
        Assert.Equal("", Out);
        Assert.Single(Error.Split('\n'), line => line.StartsWith("error: ", StringComparison.Ordinal));
        Assert.Single(Error.Split('\n'), line => line.StartsWith("  fix: ", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", Message, StringComparison.Ordinal);
        foreach (var part in messageHas)
        {
            Assert.Contains(part, Message, StringComparison.OrdinalIgnoreCase);
        }

        return this;
    }

    /// <summary>Asserts success.</summary>
    public CliRun AssertDone()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}; stderr: {Error}");
        return this;
    }

    private static CliRun Of(bool outIsTerminal, string[] args, CancellationToken cancellation)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var terminal = new Terminal(output, TextWriter.Synchronized(error), outIsTerminal);
        var exitCode = CommandLineRun.Of(args, terminal, cancellation).GetAwaiter().GetResult();
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }

    private string LineAfter(string prefix) =>
        Error.Split('\n').FirstOrDefault(line => line.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..] ?? "";
}
