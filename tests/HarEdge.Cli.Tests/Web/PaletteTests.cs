using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HarEdge.Cli.Web;

namespace HarEdge.Cli.Tests.Web;

/// <summary>The colors of classes, as people see them who lack one kind of cone.</summary>
public sealed partial class PaletteTests
{
    private const int Colors = 8;

    // Differences above 10 in CIEDE2000 are seen at a glance.
    private const double LeastDifference = 13;

    // Machado, Oliveira and Fernandes, IEEE Trans. Vis. Comput. Graph. 15 (2009): dichromacy, on linear RGB.
    private static readonly Dictionary<string, double[]> Visions = new()
    {
        ["usual"] = [1, 0, 0, 0, 1, 0, 0, 0, 1],
        ["protanopia"] = [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        ["deuteranopia"] = [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
        ["tritanopia"] = [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
    };

    private static readonly string Style = Encoding.UTF8.GetString(PageFiles.Find("/base.css")!.Content);

    private static readonly string Report = File.ReadAllText(Path.Combine(Running.Repository.Root, "trainer/HarEdge.Trainer/Reports/Page/report.css"));

    public static TheoryData<string, string> Cases => new(Visions.Keys.SelectMany(vision => new[] { ("light", vision), ("dark", vision) }));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Any_two_classes_look_different(string scheme, string vision)
    {
        var seen = Enumerable.Range(0, Colors).Select(number => Lab(Seen(Color(scheme, $"class-{number}"), Visions[vision]))).ToList();
        for (var a = 0; a < Colors; a++)
        {
            for (var b = 0; b < a; b++)
            {
                var difference = Difference(seen[a], seen[b]);
                Assert.True(difference >= LeastDifference, string.Create(CultureInfo.InvariantCulture, $"classes {a} and {b}: {difference:0.0}"));
            }
        }
    }

    // What a report says by color as well: the label's band, a right, a wrong and an unknown decision; the parts of the energy.
    [Theory]
    [MemberData(nameof(Cases))]
    public void What_a_report_parts_by_color_looks_different(string scheme, string vision)
    {
        string[] names = ["tint", "accent", "wrong", "quiet", "ground"];
        var seen = names.Select(name => Lab(Seen(Color(Report, "@media (prefers-color-scheme: dark)", scheme, name), Visions[vision]))).ToList();
        for (var a = 0; a < names.Length; a++)
        {
            for (var b = 0; b < a; b++)
            {
                var difference = Difference(seen[a], seen[b]);
                Assert.True(difference >= 10, string.Create(CultureInfo.InvariantCulture, $"{names[a]} and {names[b]}: {difference:0.0}"));
            }
        }
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void The_letter_on_each_color_and_the_color_on_the_card_stand_out(string scheme)
    {
        for (var number = 0; number < Colors; number++)
        {
            var color = Color(scheme, $"class-{number}");
            Assert.InRange(Contrast(color, Color(scheme, "class-letter")), 4.5, 21);
            Assert.InRange(Contrast(color, Color(scheme, "card")), 3, 21);
        }
    }

    // Sharma, Wu and Dalal, Color Research and Application 30 (2005), table 1, pairs 1, 7, 17 and 25.
    [Theory]
    [InlineData(50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425)]
    [InlineData(50, 0, 0, 50, -1, 2, 2.3669)]
    [InlineData(50, 2.5, 0, 73, 25, -18, 27.1492)]
    [InlineData(60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644)]
    public void The_measure_of_difference_is_the_published_one(double l1, double a1, double b1, double l2, double a2, double b2, double difference) =>
        Assert.Equal(difference, Difference((l1, a1, b1), (l2, a2, b2)), 0.0001);

    private static double[] Color(string scheme, string name) => Color(Style, "@media screen and (prefers-color-scheme: dark)", scheme, name);

    private static double[] Color(string style, string darkBegins, string scheme, string name)
    {
        var dark = style.IndexOf(darkBegins, StringComparison.Ordinal);
        var match = Hex().Matches(scheme == "dark" ? style[dark..] : style[..dark]).First(found => found.Groups[1].Value == name);
        return [.. Enumerable.Range(0, 3).Select(i => Linear(Convert.ToInt32(match.Groups[2].Value.Substring(2 * i, 2), 16) / 255.0))];
    }

    private static double Linear(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);

    private static double[] Seen(double[] rgb, double[] vision) =>
        [.. Enumerable.Range(0, 3).Select(row => Math.Clamp(Enumerable.Range(0, 3).Sum(column => vision[(3 * row) + column] * rgb[column]), 0, 1))];

    private static double Luminance(double[] rgb) => (0.2126 * rgb[0]) + (0.7152 * rgb[1]) + (0.0722 * rgb[2]);

    private static double Contrast(double[] a, double[] b) =>
        (Math.Max(Luminance(a), Luminance(b)) + 0.05) / (Math.Min(Luminance(a), Luminance(b)) + 0.05);

    // sRGB with its white, D65.
    private static (double L, double A, double B) Lab(double[] rgb)
    {
        var x = Root(((0.4124564 * rgb[0]) + (0.3575761 * rgb[1]) + (0.1804375 * rgb[2])) / 0.95047);
        var y = Root((0.2126729 * rgb[0]) + (0.7151522 * rgb[1]) + (0.0721750 * rgb[2]));
        var z = Root(((0.0193339 * rgb[0]) + (0.1191920 * rgb[1]) + (0.9503041 * rgb[2])) / 1.08883);
        return ((116 * y) - 16, 500 * (x - y), 200 * (y - z));

        static double Root(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : ((24389.0 / 27 * t) + 16) / 116;
    }

    // CIEDE2000.
    private static double Difference((double L, double A, double B) p, (double L, double A, double B) q)
    {
        var mean = (Math.Sqrt((p.A * p.A) + (p.B * p.B)) + Math.Sqrt((q.A * q.A) + (q.B * q.B))) / 2;
        var g = 0.5 * (1 - Seventh(mean));
        var (c1, h1) = Polar(p.A * (1 + g), p.B);
        var (c2, h2) = Polar(q.A * (1 + g), q.B);
        var turn = c1 * c2 == 0 ? 0 : h2 - h1 > 180 ? h2 - h1 - 360 : h2 - h1 < -180 ? h2 - h1 + 360 : h2 - h1;
        var dh = 2 * Math.Sqrt(c1 * c2) * Sin(turn / 2);
        var l = (p.L + q.L) / 2;
        var c = (c1 + c2) / 2;
        var h = c1 * c2 == 0 ? h1 + h2 : Math.Abs(h1 - h2) <= 180 ? (h1 + h2) / 2 : (h1 + h2 + (h1 + h2 < 360 ? 360 : -360)) / 2;
        var t = 1 - (0.17 * Cos(h - 30)) + (0.24 * Cos(2 * h)) + (0.32 * Cos((3 * h) + 6)) - (0.20 * Cos((4 * h) - 63));
        var sl = 1 + (0.015 * (l - 50) * (l - 50) / Math.Sqrt(20 + ((l - 50) * (l - 50))));
        var sc = 1 + (0.045 * c);
        var sh = 1 + (0.015 * c * t);
        var rt = -Sin(60 * Math.Exp(-Math.Pow((h - 275) / 25, 2))) * 2 * Seventh(c);
        var (dl, dc) = ((q.L - p.L) / sl, (c2 - c1) / sc);
        return Math.Sqrt((dl * dl) + (dc * dc) + (dh / sh * dh / sh) + (rt * dc * dh / sh));

        static double Seventh(double c) => Math.Sqrt(Math.Pow(c, 7) / (Math.Pow(c, 7) + Math.Pow(25, 7)));
        static double Sin(double degrees) => Math.Sin(degrees * Math.PI / 180);
        static double Cos(double degrees) => Math.Cos(degrees * Math.PI / 180);
        static (double C, double H) Polar(double a, double b) => (Math.Sqrt((a * a) + (b * b)), ((Math.Atan2(b, a) * 180 / Math.PI) + 360) % 360);
    }

    [GeneratedRegex("--([a-z0-9-]+): #([0-9a-f]{6});")]
    private static partial Regex Hex();
}
