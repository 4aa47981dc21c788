using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HarEdge.Cli.Tests.Documents;
using HarEdge.Cli.Twin;
using HarEdge.Cli.Web;
using HarEdge.DeviceTwin;
using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HarEdge.Cli.Tests.Web;

/// <summary>
/// The pictures of the documents. One command makes them all:
/// <c>HAREDGE_PICTURES=1 dotnet run -c Release --project tests/HarEdge.Cli.Tests -- -class HarEdge.Cli.Tests.Web.PictureTests</c>.
/// Pixels differ from machine to machine with its fonts, so what is held is what goes into them: the files of the page, the model, and the run files of the chart.
/// </summary>
public sealed class PictureTests(Chromium chromium)
{
    private const string Folder = "docs/images";
    private const string ListName = "pictures.json";
    private const int Width = 1280;
    private const int Seconds = 150;
    private const int CrookedFrom = 105;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    // Name, width, height, colors, and whether the truth is known.
    private static readonly (string Name, int Width, int Height, ColorScheme Scheme, bool IsPlayed)[] Pictures =
    [
        ("play-light.png", Width, 1020, ColorScheme.Light, true),
        ("play-dark.png", Width, 1020, ColorScheme.Dark, true),
        ("monitor-light.png", Width, 0, ColorScheme.Light, false),
        ("monitor-dark.png", Width, 0, ColorScheme.Dark, false),
        ("monitor-phone.png", 390, 1500, ColorScheme.Light, false),
    ];

    [Fact]
    public void Every_picture_is_of_this_page_and_this_model()
    {
        using var list = JsonDocument.Parse(Running.Repository.Read($"{Folder}/{ListName}"));
        Assert.True(
            list.RootElement.GetProperty("madeFrom").GetString() == Inputs(),
            "The page or its model has changed since its pictures were made. Make them again and look at them: "
            + "HAREDGE_PICTURES=1 dotnet run -c Release --project tests/HarEdge.Cli.Tests -- -class HarEdge.Cli.Tests.Web.PictureTests");
        foreach (var picture in list.RootElement.GetProperty("pictures").EnumerateObject())
        {
            Assert.Equal(picture.Value.GetString(), Hash(File.ReadAllBytes(Path.Combine(Running.Repository.Root, Folder, picture.Name))));
        }
    }

    [Fact]
    public void Every_picture_of_a_document_is_among_them()
    {
        var shown = Running.Repository.Pages.SelectMany(Links.In).Where(link => link.StartsWith(Folder, StringComparison.Ordinal)).Select(Path.GetFileName)
            .Concat(Pictures.Where(picture => picture.IsPlayed).Select(picture => picture.Name));
        var files = Directory.GetFiles(Path.Combine(Running.Repository.Root, Folder), "*.png").Select(Path.GetFileName).ToList();
        Assert.All(shown, name => Assert.Contains(name, files));
    }

    [Fact]
    public async Task Pictures_are_made_when_asked_for()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("HAREDGE_PICTURES") is { Length: > 0 }, "set HAREDGE_PICTURES to make the pictures of the documents again");
        var made = new SortedDictionary<string, string>(StringComparer.Ordinal) { [ProfileChart.Name] = Hash(ProfileChart.Draw()) };
        await File.WriteAllBytesAsync(Path.Combine(Running.Repository.Root, Folder, ProfileChart.Name), ProfileChart.Draw());
        foreach (var picture in Pictures)
        {
            using var session = Session(picture.IsPlayed);
            var page = await chromium.Open(picture.Scheme, picture.Width, picture.Height == 0 ? 800 : picture.Height);
            await page.GotoAsync(session.Address);
            await Expect(page.Locator("#state")).ToHaveTextAsync("live");
            await Expect(page.Locator("#inside-signals")).ToBeVisibleAsync();
            var path = Path.Combine(Running.Repository.Root, Folder, picture.Name);
            made[picture.Name] = Hash(await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = picture.Height == 0, Animations = ScreenshotAnimations.Disabled }));
            await page.Context.CloseAsync();
        }

        await File.WriteAllTextAsync(
            Path.Combine(Running.Repository.Root, Folder, ListName),
            JsonSerializer.Serialize(new { madeFrom = Inputs(), pictures = made }, Indented) + "\n");
    }

    // A person nobody has trained on, for two and a half minutes, the last third with the band askew.
    private static ShownSession Session(bool isPlayed)
    {
        var model = TwinModel();
        var people = SyntheticWearer.Create(new SyntheticOptions { Range = model.Signal.Range });
        using var compiled = GeneratedSources.Of(model).Compile();
        var wearer = new PlayedWearer([.. people.Recordings.Where(recording => recording.Subject == "p09").Reverse()], null);
        var device = new SimulatedDevice(compiled.Classifier, compiled.KnownAnswers, TwinOptions.ForRecordings);
        var truths = new Dictionary<int, int?>();
        var lines = new List<string>();
        device.LineWritten += lines.Add;
        device.Decided += decision => truths[int.Parse(lines[^1].Split(',')[1], CultureInfo.InvariantCulture)] =
            wearer.LabelAt(decision.StartSample + model.Signal.WindowSamples - 1) is >= 0 and var label ? IndexOf(model, people.Classes[label]) : -1;
        device.Boot();
        device.Wear(wearer);
        device.Press(TimeSpan.FromSeconds(2));
        while (device.Elapsed.TotalSeconds < Seconds)
        {
            wearer.IsCrooked = isPlayed && device.Elapsed.TotalSeconds > CrookedFrom;
            device.RunOnce();
        }

        var picture = new SnapshotPlay(
            "This is a simulated device on an invented person whom its model has never seen.",
            [
                new SnapshotAction("crooked", "Put it on crooked", true, $"The band sits {PlayedWearer.CrookedDegrees}° askew."),
                new SnapshotAction("wire", "Pull the wire", false, "The sensor is wired."),
                new SnapshotAction("place", "Another place on the body", false, "It is worn on the belt."),
            ]);
        var session = isPlayed
            ? new ShownSession(said => truths.GetValueOrDefault(said.Sequence), () => picture, model) : new ShownSession(model);
        session.Play(string.Join('\n', lines) + "\n");
        return session;
    }

    private static int IndexOf(FixedPointModel model, string name) => Array.IndexOf([.. model.Classes], name);

    private static string Inputs() => Hash(
    [
        .. PageFiles.Paths.Order(StringComparer.Ordinal).SelectMany(path => PageFiles.Find(path)!.Content),
        .. Encoding.ASCII.GetBytes(TwinModel().Id),
        .. ProfileChart.Inputs,
    ]);

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];

    private static FixedPointModel TwinModel() => ModelFile.Read(Path.Combine(Running.Repository.Root, "trainer/HarEdge.Cli/synthetic-model.json"));
}
