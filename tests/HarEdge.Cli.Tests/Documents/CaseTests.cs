using System.Diagnostics;
using System.Globalization;
using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests.Documents;

/// <summary>
/// The printed case is a solid for every board. Skipped where OpenSCAD is missing. With HAREDGE_RENDER=1 the meshes and the picture in hardware are made anew (the picture needs a display: xvfb-run).
/// </summary>
public sealed class CaseTests : IDisposable
{
    private const string Source = "hardware/case.scad";
    private const string UsualBoard = "esp32-30";

    private readonly TempFolder folder = new();

    [Theory]
    [InlineData("esp32-30", "body", 28.2, 53)]
    [InlineData("esp32", "body", 27.9, 56.6)]
    [InlineData("esp32-s3", "body", 25.5, 70.1)]
    [InlineData("esp32-c3", "body", 25.4, 42.9)]
    [InlineData("esp32-30", "lid", 28.2, 53)]
    [InlineData("esp32-s3", "lid", 25.5, 70.1)]
    public void A_part_is_one_closed_solid_that_takes_its_board(string board, string part, double boardWidth, double boardLength)
    {
        var mesh = folder.At("part.stl");
        OpenScad("-q", "-D", $"part=\"{part}\"", "-D", $"board=\"{board}\"", "-o", mesh, Path.Combine(Repository.Root, Source));
        var triangles = Triangles(File.ReadAllLines(mesh));
        Assert.True(triangles.Count > 100);

        // Closed and turned outwards everywhere: each edge is run through once in either direction.
        var edges = triangles.SelectMany(corners => corners.Zip([corners[1], corners[2], corners[0]])).ToList();
        Assert.Equal(edges.Count, edges.Distinct().Count());
        Assert.All(edges, edge => Assert.Contains((edge.Second, edge.First), edges));
        Assert.InRange(triangles.Sum(Volume), 4_000, 25_000);
        Assert.True(triangles.Max(corners => corners.Max(spot => spot.X)) > boardWidth && triangles.Max(corners => corners.Max(spot => spot.Y)) > boardLength + 16.2);
        if (board == UsualBoard && Environment.GetEnvironmentVariable("HAREDGE_RENDER") == "1")
        {
            Render(part);
        }
    }

    [Fact]
    public void A_cell_and_a_charger_that_do_not_fit_are_refused()
    {
        var refused = Run("-q", "-D", "charger=[25,24,5]", "-o", folder.At("none.stl"), Path.Combine(Repository.Root, Source));
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("the charger is too wide", refused.Error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static void Render(string part)
    {
        var hardware = Path.Combine(Repository.Root, "hardware");
        OpenScad("-q", "-D", $"part=\"{part}\"", "--export-format", "binstl", "-o", Path.Combine(hardware, $"case-{part}.stl"), Path.Combine(Repository.Root, Source));
        using var picture = Process.Start("xvfb-run", ["-a", "openscad", "-q", "--render", "--colorscheme=Nature", "--imgsize=1000,700", "--camera=45,38,5,55,0,35,255", "-o", Path.Combine(hardware, "case.png"), Path.Combine(Repository.Root, Source)]);
        picture.WaitForExit();
        Assert.Equal(0, picture.ExitCode);
    }

    private static void OpenScad(params string[] arguments)
    {
        var (exitCode, error) = Run(arguments);
        Assert.True(exitCode == 0, error);
    }

    private static (int ExitCode, string Error) Run(params string[] arguments)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, "openscad")));
        Assert.SkipUnless(found, "OpenSCAD was not found: install it (Debian: apt-get install openscad)");
        using var process = Process.Start(new ProcessStartInfo("openscad", arguments) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }

    private static List<Corner[]> Triangles(string[] lines) =>
    [
        .. lines.Select(line => line.Trim().Split(' ')).Where(words => words[0] == "vertex")
            .Select(words => new Corner(Number(words[1]), Number(words[2]), Number(words[3]))).Chunk(3),
    ];

    private static double Volume(Corner[] c) =>
        (c[0].X * (c[1].Y * c[2].Z - c[1].Z * c[2].Y) - c[0].Y * (c[1].X * c[2].Z - c[1].Z * c[2].X) + c[0].Z * (c[1].X * c[2].Y - c[1].Y * c[2].X)) / 6;

    private static double Number(string word) => double.Parse(word, CultureInfo.InvariantCulture);

    private readonly record struct Corner(double X, double Y, double Z);
}
