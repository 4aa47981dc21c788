using System.CommandLine;
using HarEdge.Cli.Output;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge data</c>: what concerns recordings alone.</summary>
internal static class DataCommand
{
    /// <summary>The verb with its two sub-verbs.</summary>
    public static Command Create(Terminal terminal) => new("data", "Looks at recordings, or fetches public ones.")
    {
        DataCheckCommand.Create(terminal),
        DataGetCommand.Create(terminal),
    };
}
