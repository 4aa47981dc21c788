namespace HarEdge.Trainer.Teachers.Embedding;

/// <summary>Normally distributed numbers from a seed (Box and Muller, 1958).</summary>
internal sealed class NormalNumbers(Random random)
{
    /// <summary>The next number of mean 0 and standard deviation 1.</summary>
    internal double Next() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
