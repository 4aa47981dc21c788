using BenchmarkDotNet.Attributes;
using HarEdge.Core;
using HarEdge.Core.Generated;
using HarEdge.DeviceTwin;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Benchmarks;

/// <summary>What training and comparing spend their time on.</summary>
public class TrainerBenchmarks
{
    private readonly SampleWindow window = new(128, 64);
    private readonly FeatureLayout layout = new(128);
    private readonly int[] features = new int[new FeatureLayout(128).Count];
    private Recording recording = null!;

    /// <summary>Takes a synthetic recording.</summary>
    [GlobalSetup]
    public void Setup() => recording = Motion.Synthetic()[0];

    /// <summary>Every feature of one window.</summary>
    [Benchmark]
    public int AllFeatures()
    {
        var c = recording.Channels;
        window.Restart();
        for (var i = 0; i < window.Length; i++)
        {
            window.Push(c[0][i], c[1][i], c[2][i], c[3][i], c[4][i], c[5][i]);
        }

        layout.ExtractInto(window, features);
        return features[0];
    }

    /// <summary>The firmware's own source on its simulated board, over one recording of a few minutes.</summary>
    [Benchmark]
    public int DeviceTwin() =>
        TwinRun.Play(new ActivityModel(), recording.Channels, [.. recording.Runs.Select(run => (run.Start, run.End))]).Decisions.Count;
}
