using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HarEdge.Cli.Tests.Running;
using HarEdge.Cli.Tests.Web;
using HarEdge.Cli.Hardware;
using Microsoft.Playwright;

namespace HarEdge.Cli.Tests.Documents;

/// <summary>
/// The committed drawings are those of the firmware's pins, and can be read. With HAREDGE_RENDER=1 the pictures beside them are made anew by Chromium; a picture carries the hash of its drawing.
/// </summary>
public sealed class WiringDrawingTests(Chromium chromium)
{
    private const int PhoneWidth = 390;
    private const double SmallestText = 10;
    private const string Folder = "hardware";
    private const string HashKey = "Source-SHA256";

    public static TheoryData<string> Drawings => [.. BoardShape.All.Select(shape => shape.File), StickDrawing.File];

    [Fact]
    public void The_committed_drawings_are_those_of_the_firmwares_pins()
    {
        using var folder = new TempFolder();
        CliRun.Of("wiring", "--out", folder.Path).AssertDone();
        Assert.Equal(BoardShape.All.Select(shape => shape.File).Append(StickDrawing.File).Select(file => file + ".svg").Order(StringComparer.Ordinal), folder.Entries);
        Assert.All(folder.Entries, name => Assert.True(
            File.ReadAllText(folder.At(name)) == Repository.Read($"{Folder}/{name}"), $"{Folder}/{name} is not that of the boards; draw it again with: haredge wiring --out hardware"));
    }

    [Fact]
    public void One_board_is_shown_with_its_pins()
    {
        var run = CliRun.Of("wiring", "--board", "esp32-s3").AssertDone();
        Assert.Contains("| SCL    | 9      |", run.Out, StringComparison.Ordinal);
        Assert.Contains("| SDA    | 8      |", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("ESP32-C3", run.Out, StringComparison.Ordinal);
        CliRun.Of("wiring", "--board", "esp8266").AssertRefused(2, "esp8266");
    }

    [Theory]
    [MemberData(nameof(Drawings))]
    [InlineData("worn-waist")]
    [InlineData("worn-wrist")]
    [InlineData("battery")]
    public async Task A_drawing_can_be_read_on_a_phone(string file)
    {
        var page = await Open(file, scale: 1);
        var json = await page.EvaluateAsync<string>(
            """
            () => JSON.stringify([...document.querySelectorAll('text')].map(text => {
                const box = text.getBoundingClientRect();
                const turned = text.hasAttribute('transform');
                return { words: text.textContent, left: box.left, top: box.top, right: box.right, bottom: box.bottom, size: parseFloat(getComputedStyle(text).fontSize), turned };
            }))
            """);
        var texts = JsonSerializer.Deserialize<Text[]>(json, JsonSerializerOptions.Web)!;
        Assert.NotEmpty(texts);
        Assert.All(texts, text => Assert.True(text.Size >= SmallestText && text.Left >= 0 && text.Right <= PhoneWidth, $"'{text.Words}' is too small or stands over the edge"));
        foreach (var (a, b) in texts.SelectMany((a, i) => texts.Skip(i + 1).Select(b => (a, b))))
        {
            Assert.False(a.Overlaps(b), $"'{a.Words}' and '{b.Words}' overlap");
        }
    }

    [Theory]
    [MemberData(nameof(Drawings))]
    public async Task A_picture_is_that_of_its_drawing(string file)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Repository.Read($"{Folder}/{file}.svg"))));
        var path = Path.Combine(Repository.Root, Folder, file + ".png");
        if (Environment.GetEnvironmentVariable("HAREDGE_RENDER") == "1")
        {
            var page = await Open(file, scale: 2);
            var png = await page.Locator("svg").ScreenshotAsync();
            File.WriteAllBytes(path, WithText(png, hash));
        }

        Assert.Contains($"{HashKey}\0{hash}", Encoding.Latin1.GetString(File.ReadAllBytes(path)), StringComparison.Ordinal);
    }

    private async Task<IPage> Open(string file, float scale)
    {
        var page = await chromium.Open(width: PhoneWidth, height: 800, scale: scale);
        await page.SetContentAsync($"<body style='margin:0'>{Repository.Read($"{Folder}/{file}.svg")}</body>");
        return page;
    }

    // A tEXt chunk before the picture's end: length, type, keyword, 0, text, CRC of type and data (PNG specification, 11.3.4.3).
    private static byte[] WithText(byte[] png, string hash)
    {
        const int EndChunkBytes = 12;
        byte[] body = [.. "tEXt"u8, .. Encoding.Latin1.GetBytes($"{HashKey}\0{hash}")];
        var chunk = new byte[body.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length - 4);
        body.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(body.Length + 4), Crc32(body));
        return [.. png[..^EndChunkBytes], .. chunk, .. png[^EndChunkBytes..]];
    }

    private static uint Crc32(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : 0xEDB88320u);
            }
        }

        return ~crc;
    }

    private sealed record Text(string Words, double Left, double Top, double Right, double Bottom, double Size, bool Turned)
    {
        // Boxes have room above and below the letters: rows may come as near as that.
        private const double Room = 3;

        public bool Overlaps(Text other) =>
            Math.Min(Right, other.Right) - Math.Max(Left, other.Left) > (Turned || other.Turned ? Room : 0)
            && Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top) > Room;
    }
}
