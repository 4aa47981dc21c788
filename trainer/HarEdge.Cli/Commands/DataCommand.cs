using System.CommandLine;
using HarEdge.Cli.Output;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge data</c>: what concerns recordings alone.</summary>
internal static class DataCommand
{
    /// <summary>The verb with its sub-verbs.</summary>
    public static Command Create(Terminal terminal) => new("data", "Looks at recordings, fetches public ones, or hands them on.")
    {
        DataCheckCommand.Create(terminal),
        DataGetCommand.Create(terminal),
        DataExportCommand.Create(terminal),
    };
}
