namespace HarEdge.Trainer.Cost;

/// <summary>
/// Garbage the device makes while it runs: the loop itself makes none, I2C calls and lines of text do. Bytes measured on the
/// nanoFramework interpreter built for a PC with an ESP32's heap blocks.
/// </summary>
internal static class Garbage
{
    /// <summary>Bytes of one I2cDevice.WriteRead with its spans: 7 objects.</summary>
    public const int I2cWriteRead = 300;

    /// <summary>Bytes of one I2cDevice.Write: 6 objects.</summary>
    public const int I2cWrite = 252;

    /// <summary>
    /// Reads of one wake-up: power, FIFO count, FIFO data, the settings that tell a sensor that lost its power, and the count again. A
    /// test holds it to what the twin's bus sees.
    /// </summary>
    public const int ReadsPerWake = 5;

    /// <summary>Most samples read at one wake-up.</summary>
    public const int MostSamplesPerWake = 64;

    /// <summary>Characters of a line about a decision at most, in everyday use: sequence, samples, class, percent, margin, stage, two checksums.</summary>
    public const int DecisionLineCharacters = 56;

    /// <summary>
    /// A string made from characters: a block for the object and its text with a terminator. Writing it makes one more object of
    /// the same size at most (read in the sources, not measured).
    /// </summary>
    public static int OfLine(int characters) => 2 * (2 * HeapBytes.Block + (characters + HeapBytes.Block) / HeapBytes.Block * HeapBytes.Block);

    /// <summary>Bytes a second in everyday use: wake-ups and one line a decision; the health lines once a minute add some ten.</summary>
    /// <param name="hopSamples">Samples from one decision to the next.</param>
    /// <param name="sampleRateHz">Samples a second.</param>
    public static double BytesPerSecond(int hopSamples, int sampleRateHz)
    {
        var wakesPerDecision = (hopSamples + MostSamplesPerWake - 1) / MostSamplesPerWake;
        var perDecision = wakesPerDecision * ReadsPerWake * I2cWriteRead + OfLine(DecisionLineCharacters);
        return perDecision * (double)sampleRateHz / hopSamples;
    }
}
