using HarEdge.Cli.Output;
using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests.Documents;

/// <summary>Documents and help cannot promise what the command line does not take.</summary>
public sealed class DocumentTests
{
    public static TheoryData<string> Pages => [.. Repository.Pages];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_in_a_page_is_one_the_parser_takes(string page)
    {
        foreach (var line in CommandLines.In(page))
        {
            AssertParses(line, page);
        }
    }

    [Fact]
    public void The_readme_shows_commands()
    {
        Assert.Contains("demo", CommandLines.In("README.md"));
    }

    [Fact]
    public void Every_verb_is_taken_without_options()
    {
        Assert.Contains("works without options", Repository.Read("README.md"), StringComparison.Ordinal);
        Assert.Contains("only `new` must be told", Repository.Read("README.md"), StringComparison.Ordinal);
        foreach (var verb in AllVerbs().Where(verb => verb.Name != "new"))
        {
            AssertParses(verb.Parents.Any(parent => parent.Name == "data") ? "data " + verb.Name : verb.Name, "a verb without options");
        }
    }

    [Fact]
    public void Every_example_of_the_help_is_one_the_parser_takes()
    {
        foreach (var verb in AllVerbs())
        {
            Assert.NotEmpty(verb.Examples);
            foreach (var example in verb.Examples)
            {
                Assert.StartsWith("haredge ", example.CommandLine, StringComparison.Ordinal);
                AssertParses(example.CommandLine["haredge ".Length..], "help of " + verb.Name);
            }
        }
    }

    [Fact]
    public void The_help_of_every_verb_ends_with_its_examples()
    {
        foreach (var verb in AllVerbs())
        {
            var path = verb.Parents.Any(parent => parent.Name == "data") ? new[] { "data", verb.Name, "--help" } : [verb.Name, "--help"];
            var help = CliRun.Of(path).AssertDone().Out;
            Assert.All(verb.Examples, example => Assert.Contains(example.CommandLine, help, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_trainers_page_lists_every_verb()
    {
        var page = Repository.Read("trainer/README.md");
        foreach (var verb in AllVerbs())
        {
            var name = verb.Parents.Any(parent => parent.Name == "data") ? "data " + verb.Name : verb.Name;
            Assert.Contains($"| `{name}` |", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_two_commands_of_the_readme_are_the_ones_the_runner_and_the_contributors_use()
    {
        const string Test = "\ndotnet test -c Release\n";
        Assert.Contains("\ndotnet run -c Release --project trainer/HarEdge.Cli -- demo\n", Repository.Read("README.md"), StringComparison.Ordinal);
        Assert.Contains(Test, Repository.Read("README.md"), StringComparison.Ordinal);
        Assert.Contains(Test, Repository.Read("CONTRIBUTING.md"), StringComparison.Ordinal);
        Assert.Contains("\ndotnet test -c Release ", Repository.Read(".ci/run"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_decision_record_is_listed_in_the_design()
    {
        var listed = Links.In("docs/DESIGN.md").Select(Path.GetFileName).ToHashSet();
        var records = Directory.GetFiles(Path.Combine(Repository.Root, "docs/adr")).Select(Path.GetFileName);
        Assert.All(records, record => Assert.Contains(record, listed));
    }

    [Fact]
    public void Every_link_between_pages_leads_somewhere()
    {
        foreach (var page in Repository.Pages)
        {
            foreach (var (target, anchor) in Links.WithAnchors(page))
            {
                Assert.True(Path.Exists(Path.Combine(Repository.Root, target)), $"{page} links to {target}, which is not there.");
                Assert.True(anchor.Length == 0 || Links.AnchorsOf(target).Contains(anchor), $"{page} links to {target}#{anchor}, and there is no such heading.");
            }
        }
    }

    private static void AssertParses(string line, string where)
    {
        var errors = Program.Verbs(new Terminal(TextWriter.Null, TextWriter.Null)).Parse(line).Errors;
        Assert.True(errors.Count == 0, $"{where}: haredge {line}: {string.Join(" ", errors.Select(error => error.Message))}");
    }

    private static IEnumerable<Verb> AllVerbs()
    {
        var root = Program.Verbs(new Terminal(TextWriter.Null, TextWriter.Null));
        return root.Subcommands.Concat(root.Subcommands.SelectMany(command => command.Subcommands)).OfType<Verb>();
    }
}
