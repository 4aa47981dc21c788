using System.CommandLine;
using HarEdge.Trainer.Training;

namespace HarEdge.Cli.Options;

/// <summary>Which form the student takes.</summary>
internal sealed class StudentOption
{
    private static readonly string[] Forms = [.. Enum.GetNames<StudentChoice>().Select(name => name.ToLowerInvariant())];

    private readonly Option<string> student;

    /// <param name="judgedOn">Whose windows decide what auto keeps.</param>
    public StudentOption(string judgedOn) => student = new Option<string>("--student")
    {
        Description = $"Form of the student; auto keeps the better of linear and trees, by cross-validation on {judgedOn}.",
        HelpName = string.Join('|', Forms),
        DefaultValueFactory = _ => Forms[0],
    };

    /// <summary>Adds the option to a verb.</summary>
    public void AddTo(Command verb)
    {
        student.AcceptOnly(Forms);
        verb.Options.Add(student);
    }

    /// <summary>The form asked for.</summary>
    public StudentChoice Of(ParseResult parsed) => Enum.Parse<StudentChoice>(parsed.GetRequiredValue(student), ignoreCase: true);

    /// <summary>The option as arguments, when it is not the usual form.</summary>
    public IEnumerable<string> Repeatable(ParseResult parsed) =>
        parsed.GetRequiredValue(student) == Forms[0] ? [] : [student.Name, parsed.GetRequiredValue(student)];
}
