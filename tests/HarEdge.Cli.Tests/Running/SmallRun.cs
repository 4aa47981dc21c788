using System.Text.Json;

namespace HarEdge.Cli.Tests.Running;

/// <summary>One training on a few people in HAPT's layout, shared by the tests that look at its result.</summary>
public sealed class SmallRun : IDisposable
{
    private readonly TempFolder folder = new();

    /// <summary>Trains once.</summary>
    public SmallRun()
    {
        Data = new SmallHapt(subjects: 5).WriteZip(folder);
        Result = Train("first");
        Result.AssertDone();
        using var json = JsonDocument.Parse(File.ReadAllText(FileOf("metrics.json")));
        Metrics = json.RootElement.Clone();
    }

    /// <summary>The zip it learned from.</summary>
    public string Data { get; }

    /// <summary>The run folder.</summary>
    public string Folder => folder.At("first");

    /// <summary>metrics.json.</summary>
    public JsonElement Metrics { get; }

    /// <summary>What the run printed.</summary>
    internal CliRun Result { get; }

    /// <summary>A file of the run.</summary>
    public string FileOf(string name) => Path.Combine(Folder, name);

    /// <summary>The same training again, into another folder.</summary>
    internal CliRun Train(string name, params string[] more) =>
        CliRun.Of(["train", "--data", Data, "--seed", "3", "--student", "linear", "--out", folder.At(name), .. more]);

    /// <summary>A path beside the run.</summary>
    internal string Beside(string name) => folder.At(name);

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();
}
