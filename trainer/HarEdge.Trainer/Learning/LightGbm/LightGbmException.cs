namespace HarEdge.Trainer.Learning.LightGbm;

/// <summary>A call into LightGBM failed; the message names the call and repeats what the library says.</summary>
internal sealed class LightGbmException(string call, string reason) : Exception($"{call} failed: {reason}")
{
    /// <summary>The function of the C API that failed.</summary>
    public string Call { get; } = call;
}
