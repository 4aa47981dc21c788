using System.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace HarEdge.Trainer.Tables.Sequences;

/// <summary>
/// What a sequence is like, channel by channel: the distribution of its values and of their changes, how it is like itself some steps later, where its rhythm lies, how it drifts; and how
/// channels move together. Channels named alike but for x, y and z also give their magnitude, which does not depend on how the sensor is worn.
/// </summary>
internal sealed class SequenceStatistics
{
    // Each channel with each other: 12 channels are 66 pairs.
    private const int MostPaired = 12;
    private const int Bands = 12;

    private static readonly int[] Lags = [1, 2, 3, 4, 6, 8, 12, 16, 24];
    private static readonly double[] Quantiles = [0.1, 0.25, 0.5, 0.75, 0.9];

    private static readonly string[] Kinds =
    [
        "mean", "std", "min", "max", "skewness", "kurtosis", "q10", "q25", "median", "q75", "q90", "mean change", "std of change", "largest change", "mean crossings", "trend",
        "last third - first third", "first value", "last value", "place of max", "place of min", .. Lags.Select(lag => $"autocorrelation {lag}"), .. Enumerable.Range(1, Bands).Select(band => $"band {band}"),
        "main frequency", "share of main frequency", "spectral entropy", "spectral centroid", "log std",
    ];

    private readonly List<(string Name, int[] Channels)> magnitudes = [];
    private readonly int channels;

    /// <param name="channelNames">Names of the channels.</param>
    public SequenceStatistics(IReadOnlyList<string> channelNames)
    {
        channels = channelNames.Count;
        FindMagnitudes(channelNames);
        string[] all = [.. channelNames, .. magnitudes.Select(magnitude => magnitude.Name)];
        Names =
        [
            .. all.SelectMany(channel => Kinds.Select(kind => $"{channel} {kind}")),
            .. Pairs().Select(pair => $"{channelNames[pair.First]} with {channelNames[pair.Second]}"),
        ];
    }

    /// <summary>Names of the statistics.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The statistics of one sequence.</summary>
    /// <param name="values">Channels × steps.</param>
    public float[] Of(float[][] values)
    {
        var all = new List<float>(Names.Count);
        foreach (var channel in values.Concat(magnitudes.Select(magnitude => Magnitude(values, magnitude.Channels))))
        {
            AddChannel(all, channel);
        }

        foreach (var (first, second) in Pairs())
        {
            all.Add((float)Correlation(values[first], values[second]));
        }

        return [.. all];
    }

    private IEnumerable<(int First, int Second)> Pairs() => channels > MostPaired ? [] :
        Enumerable.Range(0, channels).SelectMany(first => Enumerable.Range(first + 1, channels - first - 1).Select(second => (first, second)));

    // acc_x, acc_y, acc_z; also AccX and x_acc.
    private void FindMagnitudes(IReadOnlyList<string> names)
    {
        for (var x = 0; x < names.Count; x++)
        {
            for (var at = names[x].Length - 1; at >= 0; at--)
            {
                if (char.ToLowerInvariant(names[x][at]) != 'x')
                {
                    continue;
                }

                var isUpper = names[x][at] == 'X';
                var y = IndexOf(names, names[x], at, isUpper ? 'Y' : 'y');
                var z = IndexOf(names, names[x], at, isUpper ? 'Z' : 'z');
                if (y >= 0 && z >= 0)
                {
                    magnitudes.Add(($"|{names[x].Remove(at, 1).Trim('_', '-', ' ', '.')}|", [x, y, z]));
                    break;
                }
            }
        }
    }

    private static int IndexOf(IReadOnlyList<string> names, string name, int at, char letter)
    {
        var wanted = name[..at] + letter + name[(at + 1)..];
        return Enumerable.Range(0, names.Count).FirstOrDefault(i => names[i] == wanted, -1);
    }

    private static float[] Magnitude(float[][] values, int[] of) =>
        [.. Enumerable.Range(0, values[of[0]].Length).Select(i => MathF.Sqrt(of.Sum(channel => values[channel][i] * values[channel][i])))];

    private static void AddChannel(List<float> all, float[] x)
    {
        if (float.IsNaN(x[0]))
        {
            all.AddRange(Enumerable.Repeat(float.NaN, Kinds.Length));
            return;
        }

        var n = x.Length;
        double mean = x.Average(value => (double)value), m2 = 0, m3 = 0, m4 = 0;
        foreach (var value in x)
        {
            var away = value - mean;
            m2 += away * away / n;
            m3 += away * away * away / n;
            m4 += away * away * away * away / n;
        }

        var deviation = Math.Sqrt(m2);
        var isFlat = deviation <= 1e-9 * (1 + Math.Abs(mean));
        all.AddRange((float)mean, (float)deviation, x.Min(), x.Max(), isFlat ? 0 : (float)(m3 / (m2 * deviation)), isFlat ? 0 : (float)(m4 / (m2 * m2)));
        float[] sorted = [.. x.Order()];
        all.AddRange(Quantiles.Select(quantile => sorted[(int)Math.Round(quantile * (n - 1))]));
        AddChanges(all, x, mean);
        AddCourse(all, x, mean, deviation, isFlat);
        AddSpectrum(all, x, mean, isFlat);
        all.Add((float)Math.Log(1e-6 + deviation));
    }

    private static void AddChanges(List<float> all, float[] x, double mean)
    {
        double sum = 0, squares = 0, largest = 0;
        var crossings = 0;
        for (var i = 1; i < x.Length; i++)
        {
            double change = Math.Abs(x[i] - x[i - 1]);
            sum += change;
            squares += change * change;
            largest = Math.Max(largest, change);
            crossings += (x[i] > mean) != (x[i - 1] > mean) ? 1 : 0;
        }

        var changes = Math.Max(1, x.Length - 1);
        all.AddRange((float)(sum / changes), (float)Math.Sqrt(squares / changes), (float)largest, (float)crossings / changes);
    }

    private static void AddCourse(List<float> all, float[] x, double mean, double deviation, bool isFlat)
    {
        var n = x.Length;
        double trend = 0;
        for (var i = 0; i < n; i++)
        {
            trend += (i - ((n - 1) / 2.0)) * (x[i] - mean);
        }

        var spread = n * Math.Sqrt(((double)n * n - 1) / 12) * deviation;
        var third = Math.Max(1, n / 3);
        all.AddRange(
            isFlat || n < 2 ? 0 : (float)(trend / spread),
            x[^third..].Average() - x[..third].Average(),
            x[..Math.Min(n, 3)].Average(),
            x[^Math.Min(n, 3)..].Average(),
            (float)Array.IndexOf(x, x.Max()) / n,
            (float)Array.IndexOf(x, x.Min()) / n);
        foreach (var lag in Lags)
        {
            double sum = 0;
            for (var i = lag; i < n; i++)
            {
                sum += (x[i] - mean) * (x[i - lag] - mean);
            }

            all.Add(isFlat || lag >= n ? 0 : (float)(sum / (n * deviation * deviation)));
        }
    }

    // Shares of the power in bands of the same number of frequencies; frequencies in cycles a step, so that they do not depend on the length.
    private static void AddSpectrum(List<float> all, float[] x, double mean, bool isFlat)
    {
        var n = x.Length;
        if (isFlat || n < 4)
        {
            all.AddRange(Enumerable.Repeat(0f, Bands + 4));
            return;
        }

        // Hann's window keeps a strong rhythm from leaking into all bands.
        var spectrum = x.Select((value, i) => new Complex((value - mean) * (0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / n))), 0)).ToArray();
        Fourier.Forward(spectrum, FourierOptions.NoScaling);
        double[] power = [.. Enumerable.Range(1, n / 2).Select(k => (spectrum[k].Real * spectrum[k].Real) + (spectrum[k].Imaginary * spectrum[k].Imaginary))];
        var sum = power.Sum() + 1e-30;
        var bands = new double[Bands];
        double entropy = 0, centroid = 0;
        for (var k = 0; k < power.Length; k++)
        {
            var share = power[k] / sum;
            bands[Math.Min(Bands - 1, (int)(Bands * 2.0 * (k + 0.5) / n))] += share;
            entropy -= share > 0 ? share * Math.Log(share) : 0;
            centroid += share * (k + 1) / n;
        }

        var main = Array.IndexOf(power, power.Max());
        all.AddRange(bands.Select(band => (float)band));
        all.AddRange((float)(main + 1) / n, (float)(power[main] / sum), (float)(entropy / Math.Log(power.Length + 1)), (float)centroid);
    }

    private static double Correlation(float[] a, float[] b)
    {
        double meanA = a.Average(), meanB = b.Average(), ab = 0, aa = 0, bb = 0;
        for (var i = 0; i < a.Length; i++)
        {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }

        return double.IsNaN(ab) ? double.NaN : aa > 1e-12 && bb > 1e-12 ? ab / Math.Sqrt(aa * bb) : 0;
    }
}
