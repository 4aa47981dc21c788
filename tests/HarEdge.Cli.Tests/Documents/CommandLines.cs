using System.Text.RegularExpressions;
using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests.Documents;

/// <summary>The command lines a document shows.</summary>
internal static partial class CommandLines
{
    private const string FromClone = "dotnet run -c Release --project trainer/HarEdge.Cli -- ";

    /// <summary>Arguments of every haredge command in a file, as written.</summary>
    public static IReadOnlyList<string> In(string path) =>
    [
        .. Commands().Matches(Repository.Read(path)).Select(match => match.Groups["args"].Value.Trim()).Where(args => args.Length > 0 && args != "VERB").Distinct(),
    ];

    // In code blocks a command is a line; in text it is between backquotes.
    [GeneratedRegex(@"(?:^(?:\$ )?|`)(?:haredge|" + FromClone + @")(?: |(?<=-- ))(?<args>[^`#\n|>]+)", RegexOptions.Multiline)]
    private static partial Regex Commands();
}
