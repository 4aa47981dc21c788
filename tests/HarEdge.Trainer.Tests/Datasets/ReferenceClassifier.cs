using HarEdge.Trainer.Datasets;
using MathNet.Numerics.LinearAlgebra;

namespace HarEdge.Trainer.Tests.Datasets;

/// <summary>
/// A plain linear discriminant on 30 float features of 128-sample windows, trained on all people but one at a time: a yardstick for how
/// hard a data set is, independent of the product's own features and students.
/// </summary>
internal static class ReferenceClassifier
{
    private const int Window = 128;
    private const int Hop = 64;

    /// <summary>Accuracy of each left-out subject over the default classes.</summary>
    public static IReadOnlyDictionary<string, double> LeaveOneSubjectOut(DataSet data)
    {
        var windows = Windows(data);
        var accuracy = new Dictionary<string, double>();
        foreach (var subject in windows.Select(window => window.Subject).Distinct())
        {
            var classify = Train([.. windows.Where(window => window.Subject != subject)]);
            (string, int Class, double[] Features)[] test = [.. windows.Where(window => window.Subject == subject)];
            accuracy[subject] = test.Count(window => classify(window.Features) == window.Class) / (double)test.Length;
        }

        return accuracy;
    }

    private static List<(string Subject, int Class, double[] Features)> Windows(DataSet data)
    {
        HashSet<int> wanted = [.. data.DefaultClasses.Select(name => data.Classes.ToList().IndexOf(name))];
        List<(string, int, double[])> windows = [];
        foreach (var recording in data.Recordings)
        {
            foreach (var run in recording.Runs)
            {
                for (var start = run.Start; start + Window <= run.End; start += Hop)
                {
                    int label = recording.Labels[start];
                    if (wanted.Contains(label) && recording.Labels.AsSpan(start, Window).IndexOfAnyExcept((short)label) < 0)
                    {
                        windows.Add((recording.Subject, label, Features(recording, start)));
                    }
                }
            }
        }

        return windows;
    }

    private static double[] Features(Recording recording, int start)
    {
        List<double> features = [];
        foreach (var channel in recording.Channels)
        {
            double[] values = [.. channel.AsSpan(start, Window).ToArray().Select(count => (double)count)];
            var mean = values.Average();
            var variance = values.Average(value => (value - mean) * (value - mean)) + 1;
            var jerk = Enumerable.Range(1, Window - 1).Average(i => Math.Abs(values[i] - values[i - 1])) + 0.1;
            double Lag(int lag) => Enumerable.Range(0, Window - lag).Sum(i => (values[i] - mean) * (values[i + lag] - mean)) / (variance * Window);
            features.AddRange([mean, Math.Log(variance), Math.Log(jerk), Lag(13), Lag(27)]);
        }

        return [.. features];
    }

    /// <summary>Pooled covariance with a ridge; the larger score wins.</summary>
    private static Func<double[], int> Train((string Subject, int Class, double[] Features)[] windows)
    {
        var size = windows[0].Features.Length;
        Vector<double> Center(IEnumerable<double[]> rows)
        {
            var sum = Vector<double>.Build.Dense(size);
            var count = 0;
            foreach (var row in rows)
            {
                sum += Vector<double>.Build.Dense(row);
                count++;
            }

            return sum / count;
        }

        var means = windows.GroupBy(window => window.Class)
            .ToDictionary(group => group.Key, group => Center(group.Select(window => window.Features)));
        var centered = Matrix<double>.Build.Dense(windows.Length, size, (row, column) =>
            windows[row].Features[column] - means[windows[row].Class][column]);
        var covariance = centered.TransposeThisAndMultiply(centered) / windows.Length;
        for (var i = 0; i < size; i++)
        {
            covariance[i, i] *= 1.01;
        }

        var inverse = covariance.Inverse();
        (int Class, Vector<double> Weights, double Bias)[] scores =
        [
            .. means.Select(pair => (pair.Key, inverse * pair.Value, -0.5 * pair.Value.DotProduct(inverse * pair.Value))),
        ];
        return features =>
        {
            var row = Vector<double>.Build.Dense(features);
            return scores.MaxBy(score => score.Weights.DotProduct(row) + score.Bias).Class;
        };
    }
}
