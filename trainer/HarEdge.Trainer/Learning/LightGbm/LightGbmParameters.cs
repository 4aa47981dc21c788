using System.Globalization;
using System.Text;

namespace HarEdge.Trainer.Learning.LightGbm;

/// <summary>
/// Parameters by LightGBM's own names. It starts from what makes a run repeatable: every seed from one, histograms by row and
/// the deterministic mode. There is one thread, always: cross-fitting keeps the cores busy with folds, and LightGBM holds the
/// number of threads for the whole process, so that a second number given by one booster breaks the buffers of another that is
/// being trained at the same time.
/// </summary>
internal sealed class LightGbmParameters
{
    private readonly SortedDictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>Repeatable settings and nothing else.</summary>
    /// <param name="seed">Seed of every random choice.</param>
    /// <param name="classes">Trees added in each iteration: 1, or the number of classes.</param>
    public LightGbmParameters(int seed, int classes = 1)
    {
        Classes = classes;
        Set("num_class", classes);
        Set("seed", seed);
        Set("deterministic", true);
        Set("force_row_wise", true);
        values["num_threads"] = "1";
        Set("verbosity", -1);
    }

    /// <summary>Trees added in each iteration.</summary>
    public int Classes { get; }

    /// <summary>Sets or replaces a parameter.</summary>
    /// <exception cref="ArgumentException">The number of threads, which is not a matter of one booster.</exception>
    public LightGbmParameters Set(string name, string value)
    {
        if (name == "num_threads")
        {
            throw new ArgumentException("LightGBM has one number of threads for the whole process, and it is 1", nameof(name));
        }

        values[name] = value;
        return this;
    }

    /// <inheritdoc cref="Set(string, string)"/>
    public LightGbmParameters Set(string name, int value) => Set(name, value.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc cref="Set(string, string)"/>
    public LightGbmParameters Set(string name, bool value) => Set(name, value ? "true" : "false");

    /// <inheritdoc cref="Set(string, string)"/>
    public LightGbmParameters Set(string name, double value) => Set(name, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Sets a parameter that takes one number a column.</summary>
    public LightGbmParameters Set(string name, IEnumerable<double> value) =>
        Set(name, string.Join(',', value.Select(v => v.ToString("R", CultureInfo.InvariantCulture))));

    /// <summary>The parameters as LightGBM reads them.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in values)
        {
            text.Append(name).Append('=').Append(value).Append(' ');
        }

        return text.ToString().TrimEnd();
    }
}
