using BenchmarkDotNet.Attributes;
using HarEdge.Core;
using HarEdge.Core.Generated;

namespace HarEdge.Benchmarks;

/// <summary>The device's loop body with the committed model, on the desktop: one hop of 64 samples and its decision. Allocates nothing.</summary>
[MemoryDiagnoser]
public class PipelineBenchmarks
{
    private readonly Pipeline pipeline = new(new ActivityModel());
    private short[][] channels = [];
    private int at;

    /// <summary>Takes a synthetic recording.</summary>
    [GlobalSetup]
    public void Setup() => channels = Motion.Synthetic()[0].Channels;

    /// <summary>64 samples, one decision.</summary>
    [Benchmark]
    public int Hop()
    {
        for (var i = 0; i < 64; i++)
        {
            pipeline.Step(channels[0][at], channels[1][at], channels[2][at], channels[3][at], channels[4][at], channels[5][at]);
            at = at + 1 == channels[0].Length ? 0 : at + 1;
        }

        return pipeline.Decision;
    }
}
