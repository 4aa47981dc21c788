using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using HarEdge.Cli.Monitoring;
using HarEdge.Cli.Output;
using HarEdge.Cli.Tests.Running;
using HarEdge.Cli.Tests.Web;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Sources;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Cli.Tests.Link;

/// <summary>What the live picture at a terminal shows, in windows as people have them.</summary>
public sealed class LiveLayoutTests : IDisposable
{
    private static readonly string[] Classes = ["WALKING", "WALKING_UPSTAIRS", "WALKING_DOWNSTAIRS", "SITTING", "STANDING", "LAYING"];

    private readonly ManualTime time = new();
    private readonly DeviceWatch watch = new();
    private readonly TelemetryReader reader = new();
    private readonly SessionClock clock;
    private readonly StringWriter output = new();
    private readonly LiveView view;
    private (int Width, int Height) window = (80, 24);

    public LiveLayoutTests()
    {
        clock = new SessionClock(isPort: true, time);
        view = new LiveView(new Terminal(output, TextWriter.Null), clock, () => window);
    }

    [Theory]
    [InlineData(20, 4)]
    [InlineData(50, 14)]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    [InlineData(200, 50)]
    public void Everything_fits_and_the_activity_is_the_last_to_go(int width, int height)
    {
        Watch();
        var lines = Captured(width, height);
        Assert.InRange(lines.Count, 1, height - 1);
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.Contains("walking", lines[0], StringComparison.Ordinal);
        Assert.All(lines.Where(line => line.EndsWith('…')), line => Assert.False(char.IsDigit(line[^2]), line));
        if (height >= 14)
        {
            // Letters with a key: nothing hangs on color.
            Assert.Contains(lines, line => line.Contains("AAAAAAAAAAAA···??????BBBBBBBBBB", StringComparison.Ordinal));
            Assert.Contains("A walking  B walking upstairs", string.Join(' ', lines), StringComparison.Ordinal);
        }

        if (height >= 40)
        {
            Assert.Contains(lines, line => line.Contains("free memory", StringComparison.Ordinal) || line.Contains("rate and memory", StringComparison.Ordinal));
            Assert.Contains(lines, line => line.Contains("Samples were lost", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Unknown_has_no_confidence_of_its_own()
    {
        Introduce();
        Decide(5, -1, 1, 99);
        var text = string.Join(' ', Captured(120, 24));
        Assert.Contains("unknown", text, StringComparison.Ordinal);
        Assert.Contains("but this window looked like walking upstairs, 99 %", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_decision_that_is_late_says_how_late()
    {
        Watch();
        time.Now += TimeSpan.FromSeconds(36);
        Assert.Contains("last activity: walking upstairs, 0:36 ago", Captured(80, 24)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_that_shrinks_keeps_no_ghost_and_the_usual_screen_gets_the_last_picture()
    {
        Watch();
        Captured(120, 40);
        var small = Captured(50, 14);
        Assert.Equal(small, Screen(50, 40));
        view.Dispose();
        Assert.StartsWith("\u001b[?1049h", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\u001b[?25h\u001b[?1049l", output.ToString(), StringComparison.Ordinal);
        var uncolored = Regex.Replace(output.ToString(), "\u001b\\[[0-9;]*m", "").ReplaceLineEndings("\n");
        Assert.EndsWith("l" + string.Join('\n', small) + "\n", uncolored, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_gets_lines_and_nothing_that_draws()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.At("capture"), TwinOutput.OfHealthy);
        var run = CliRun.Of("monitor", "--file", folder.At("capture")).AssertDone();
        Assert.DoesNotContain('\u001b', run.Out);
        Assert.DoesNotContain('╭', run.Out);
        Assert.StartsWith("device ", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 80, 24)]
    [InlineData(true, 80, 24)]
    [InlineData(true, 50, 14)]
    public async Task At_a_real_terminal_NO_COLOR_takes_the_color_and_leaves_a_strip_of_letters(bool isWithoutColor, int width, int height)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals are made on Linux only");
        using var folder = new TempFolder();
        File.WriteAllText(folder.At("capture"), TwinOutput.OfHealthy);
        using var wire = new PseudoTerminal();
        var start = new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { "-c", $"stty cols {width} rows {height} <{wire.PortName} && exec dotnet \"$0\" monitor --file \"$1\" >{wire.PortName} 2>/dev/null", typeof(Program).Assembly.Location, folder.At("capture") },
        };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        if (isWithoutColor)
        {
            start.Environment["NO_COLOR"] = "1";
        }

        using var monitor = Process.Start(start)!;
        var shown = new StringBuilder();
        var buffer = new byte[4096];
        while (!shown.ToString().Contains("\u001b[?1049l", StringComparison.Ordinal) || !monitor.HasExited)
        {
            shown.Append(Encoding.UTF8.GetString(buffer, 0, wire.Read(buffer)));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        output.GetStringBuilder().Append(shown);
        Assert.Equal(!isWithoutColor, Regex.IsMatch(shown.ToString(), "\u001b\\[[0-9;]*[34]8;"));
        var last = shown.ToString()[..shown.ToString().IndexOf("\u001b[?1049l", StringComparison.Ordinal)];
        output.GetStringBuilder().Clear().Append(last);
        var lines = Screen(width, height);
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.Contains(lines, line => Regex.IsMatch(line, "[A-F?]{40}"));
        Assert.Contains(lines, line => line.Contains("A walking", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        view.Dispose();
        output.Dispose();
    }

    private void Watch()
    {
        Introduce();
        Decide(12, 0, 0, 97);
        Say(ForgedLines.Event("GAP", watch.Decision!.Sample, 1, reader.Statistics.Records));
        time.Now += TimeSpan.FromSeconds(3 * 1.28);
        Decide(6, -1, 1, 99);
        Decide(10, 1, 1, 91);
    }

    private void Introduce() => Say(ForgedLines.Banner(Classes));

    private void Decide(int times, int decision, int windowClass, int confidence)
    {
        for (var i = 0; i < times; i++)
        {
            time.Now += TimeSpan.FromMilliseconds(1280);
            Say(ForgedLines.Decision((watch.Decision?.Sample ?? 64) + 64, decision, windowClass, confidence, decision < 0 ? "UNKNOWN" : Classes[decision], reader.Statistics.Records));
        }
    }

    private void Say(string text)
    {
        clock.Note(new SourceRead(SourceState.Bytes, text.Length, -1));
        reader.Read(Encoding.ASCII.GetBytes(text), record =>
        {
            watch.Take(record);
            view.Show(record, watch, reader.Statistics);
        });
        view.Refresh(watch, reader.Statistics, null);
    }

    private List<string> Captured(int width, int height)
    {
        window = (width, height);
        view.Refresh(watch, reader.Statistics, null);
        return Screen(width, height);
    }

    // What a terminal makes of it: text, line ends, and the sequences that are used.
    private List<string> Screen(int width, int height)
    {
        var screen = Enumerable.Range(0, height).Select(_ => new StringBuilder()).ToList();
        var (row, column) = (0, 0);
        var text = output.ToString();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\u001b')
            {
                var end = text.IndexOfAny([.. "HKJhlm"], i);
                switch (text[end])
                {
                    case 'H':
                        (row, column) = (0, 0);
                        break;
                    case 'K' when row < height:
                        screen[row].Length = Math.Min(screen[row].Length, column);
                        break;
                    case 'J':
                        screen.Skip(row + 1).ToList().ForEach(line => line.Clear());
                        break;
                }

                i = end;
            }
            else if (text[i] == '\n')
            {
                (row, column) = (row + 1, 0);
            }
            else if (text[i] != '\r' && row < height)
            {
                var line = screen[row];
                line.Length = Math.Max(line.Length, column + 1);
                line[column++] = text[i];
            }
        }

        Assert.True(screen.TrueForAll(line => line.Length <= Math.Max(width, 120)));
        var last = screen.FindLastIndex(line => line.Length > 0);
        return [.. screen.Take(last + 1).Select(line => line.ToString().Replace('\0', ' '))];
    }

    private sealed class ManualTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;

        public override DateTimeOffset GetUtcNow() => new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);
    }
}
