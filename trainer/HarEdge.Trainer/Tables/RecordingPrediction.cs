using System.Globalization;
using System.Text;
using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Tables;

/// <summary>What a line of the answer is about.</summary>
internal enum PredictedUnit
{
    /// <summary>A window of the model, one each hop.</summary>
    Window,

    /// <summary>A sample at 50 Hz: the mean probabilities of the windows that hold it.</summary>
    Sample,

    /// <summary>A whole recording: the mean probabilities of its windows.</summary>
    Recording,
}

/// <summary>Labels for recordings by a model of the device, in the device's own arithmetic.</summary>
internal sealed class RecordingPrediction
{
    private readonly FixedPointModel model;
    private readonly IReadOnlyList<(Recording Recording, IReadOnlyList<WindowAnswer> Answers)> answered;

    private RecordingPrediction(FixedPointModel model, IReadOnlyList<(Recording Recording, IReadOnlyList<WindowAnswer> Answers)> answered, double? accuracy, int labelled)
    {
        this.model = model;
        this.answered = answered;
        Accuracy = accuracy;
        LabelledWindows = labelled;
    }

    /// <summary>Share of the windows that lie in one labelled activity of the model's and were given that class; null without any.</summary>
    public double? Accuracy { get; }

    /// <summary>Number of these.</summary>
    public int LabelledWindows { get; }

    /// <summary>Windows of all recordings.</summary>
    public int Windows => answered.Sum(one => one.Answers.Count);

    /// <summary>Windows by class.</summary>
    public IReadOnlyDictionary<string, int> Counts => model.Classes.Select((name, c) => (name, c))
        .ToDictionary(pair => pair.name, pair => answered.Sum(one => one.Answers.Count(answer => answer.WindowClass == pair.c)));

    /// <summary>Runs the model.</summary>
    /// <exception cref="InputException">Recordings lack the gyroscope the model reads, or none is as long as a window.</exception>
    public static RecordingPrediction Of(FixedPointModel model, IReadOnlyList<DataSet> sets, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        ModelTrial.RefuseMissingGyroscope(model, sets);
        List<Recording> recordings = [.. sets.SelectMany(set => ClassUnion.Relabel(set, model.Classes))];

        var answers = new IReadOnlyList<WindowAnswer>[recordings.Count];
        var done = 0;
        Parallel.For(0, recordings.Count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            answers[i] = [.. new PipelineBackend("trainer", new InterpretedClassifier(model)).Run(recordings[i])];
            progress?.Report(new StepProgress("predicting", (double)Interlocked.Increment(ref done) / recordings.Count));
        });
        if (answers.All(of => of.Count == 0))
        {
            throw new InputException(
                $"No recording holds {model.Signal.WindowSamples} samples without a gap, the model's window.", "Give longer recordings, or look at their gaps with haredge data check.", 2);
        }

        var labelled = recordings.Zip(answers).SelectMany(one => one.Second
            .Select(answer => (Label: WindowLabel.Of(one.First.Labels.AsSpan(answer.StartSample, model.Signal.WindowSamples), WindowLabel.Whole), answer.WindowClass))
            .Where(pair => pair.Label >= 0)).ToList();
        return new RecordingPrediction(
            model, [.. recordings.Zip(answers)], labelled.Count == 0 ? null : labelled.Average(pair => pair.Label == pair.WindowClass ? 1.0 : 0), labelled.Count);
    }

    /// <summary>The predictions as CSV.</summary>
    public string ToCsv(PredictedUnit unit, bool withProbabilities)
    {
        var text = new StringBuilder(unit switch
        {
            PredictedUnit.Window => "recording,person,start_s,end_s,label,decision,confidence",
            PredictedUnit.Sample => "recording,person,time_s,label,confidence",
            _ => "recording,person,label,confidence",
        });
        text.Append(withProbabilities ? string.Concat(model.Classes.Select(name => "," + CsvCell.Of(name))) : "").Append('\n');
        foreach (var (recording, answers) in answered.Where(one => one.Answers.Count > 0))
        {
            var head = $"{CsvCell.Of(recording.Name)},{CsvCell.Of(recording.Subject)},";
            var probabilities = answers.Select(Probabilities).ToList();
            IEnumerable<(string Place, double[] Of, string Decision)> rows = unit switch
            {
                PredictedUnit.Window => answers.Select((answer, i) => (
                    $"{Seconds(answer.StartSample)},{Seconds(answer.StartSample + model.Signal.WindowSamples)},", probabilities[i],
                    answer.Decision < 0 ? ",unknown" : "," + CsvCell.Of(model.Classes[answer.Decision]))),
                PredictedUnit.Sample => BySample(recording, answers, probabilities).Select(sample => ($"{Seconds(sample.Sample)},", sample.Of, "")),
                _ => [("", Mean(probabilities), "")],
            };
            foreach (var (place, of, decision) in rows)
            {
                var best = ClassScores.ArgMax(of);
                text.Append(head).Append(place).Append(CsvCell.Of(model.Classes[best])).Append(decision).Append(',').Append(Share(of[best]))
                    .Append(withProbabilities ? string.Concat(of.Select(share => "," + Share(share))) : "").Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>One example a recording, named by its file, for the layout of somebody's sample.</summary>
    public (TablePredictions Predictions, TableModelHeader Header) AsTable()
    {
        var whole = answered.Where(one => one.Answers.Count > 0).ToList();
        var scores = new ClassScores(whole.Count, model.Classes.Count);
        for (var row = 0; row < whole.Count; row++)
        {
            var mean = Mean([.. whole[row].Answers.Select(Probabilities)]);
            for (var c = 0; c < mean.Length; c++)
            {
                scores[row][c] = Math.Log(mean[c]);
            }
        }

        int[] rows = [.. Enumerable.Range(0, whole.Count)];
        var header = TableModelHeader.OfRecordings(model.Classes, Windows);
        var table = new FeatureTable
        {
            Columns = [],
            Values = [],
            Labels = Array.ConvertAll(rows, _ => -1),
            Classes = header.Classes,
            ClassNames = header.ClassNames,
            Ids = [.. whole.Select(one => one.Recording.Name)],
            Lines = rows,
            Roles = header.Roles,
            Account = new TableAccount(),
        };
        return (new TablePredictions { Examples = table, Scores = scores, Predicted = scores.BestClasses(), Accuracy = null }, header);
    }

    // exp(t · score), with t such that the best class has the confidence the model is calibrated to; never quite 0 or 1.
    private double[] Probabilities(WindowAnswer answer)
    {
        const double Least = 0.001;
        var wanted = Math.Clamp(answer.ConfidencePercent / 100.0, (1.0 / answer.Scores.Length) + Least, 1 - Least);
        double best = answer.Scores[answer.WindowClass];
        double[] At(double t)
        {
            var powers = Array.ConvertAll(answer.Scores, score => Math.Exp(Math.Max(-50, t * (score - best))));
            var sum = powers.Sum();
            return Array.ConvertAll(powers, power => power / sum);
        }

        double low = -30, high = 10;
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = At(Math.Exp(middle))[answer.WindowClass] < wanted ? (middle, high) : (low, middle);
        }

        return At(Math.Exp(high));
    }

    // Of each sample the mean over the windows that hold it; after the last window that one's.
    private IEnumerable<(int Sample, double[] Of)> BySample(Recording recording, IReadOnlyList<WindowAnswer> answers, List<double[]> probabilities)
    {
        foreach (var run in recording.Runs)
        {
            int[] own = [.. Enumerable.Range(0, answers.Count).Where(i => answers[i].StartSample >= run.Start && answers[i].StartSample < run.End)];
            var (from, to) = (0, 0);
            var of = (from, to);
            double[] mean = [];
            for (var i = run.Start; i < run.End && own.Length > 0; i++)
            {
                while (to < own.Length && answers[own[to]].StartSample <= i)
                {
                    to++;
                }

                while (from < to - 1 && answers[own[from]].StartSample + model.Signal.WindowSamples <= i)
                {
                    from++;
                }

                if (of != (from, to))
                {
                    of = (from, to);
                    mean = Mean([.. own[from..to].Select(w => probabilities[w])]);
                }

                yield return (i, mean);
            }
        }
    }

    private static double[] Mean(List<double[]> all) => [.. Enumerable.Range(0, all[0].Length).Select(c => all.Average(of => of[c]))];

    private static string Seconds(int samples) => (samples / (double)SensorScale.SampleRateHz).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Share(double share) => share.ToString("0.####", CultureInfo.InvariantCulture);
}
