namespace HarEdge.Trainer.Evaluation;

/// <summary>How often predictions were right, over all and by class and person. Shares are 0..1.</summary>
public sealed record ClassificationScores
{
    /// <summary>Class names in the order of the confusion matrix.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Rows: label; columns: prediction; counts of windows.</summary>
    public required int[][] Confusion { get; init; }

    /// <summary>Share of windows right for each person, by "data set/subject".</summary>
    public required IReadOnlyDictionary<string, SubjectScore> PerSubject { get; init; }

    /// <summary>Windows scored.</summary>
    public int Windows => Confusion.Sum(row => row.Sum());

    /// <summary>Share of windows right.</summary>
    public double Accuracy => Windows == 0 ? double.NaN : (double)Enumerable.Range(0, Classes.Count).Sum(c => Confusion[c][c]) / Windows;

    /// <summary>Harmonic mean of precision and recall of one class; 0 when it never was predicted right, NaN when it has no window and no prediction.</summary>
    public double F1(int classIndex)
    {
        var right = Confusion[classIndex][classIndex];
        var labelled = Confusion[classIndex].Sum();
        var predicted = Confusion.Sum(row => row[classIndex]);
        return labelled + predicted == 0 ? double.NaN : 2.0 * right / (labelled + predicted);
    }

    /// <summary>Mean F1 over the classes that occur.</summary>
    public double MacroF1 => Enumerable.Range(0, Classes.Count).Select(F1).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Counts right and wrong predictions.</summary>
    /// <param name="classes">Class names.</param>
    /// <param name="labels">For each window its class index; windows with a negative label are skipped.</param>
    /// <param name="predictions">For each window the predicted class index.</param>
    /// <param name="subjects">For each window its person.</param>
    public static ClassificationScores Of(
        IReadOnlyList<string> classes, IReadOnlyList<int> labels, IReadOnlyList<int> predictions, IReadOnlyList<string> subjects)
    {
        var confusion = classes.Select(_ => new int[classes.Count]).ToArray();
        var perSubject = new SortedDictionary<string, SubjectScore>(StringComparer.Ordinal);
        for (var i = 0; i < labels.Count; i++)
        {
            if (labels[i] < 0)
            {
                continue;
            }

            confusion[labels[i]][predictions[i]]++;
            var sofar = perSubject.GetValueOrDefault(subjects[i], new SubjectScore(0, 0));
            perSubject[subjects[i]] = new SubjectScore(sofar.Windows + 1, sofar.Right + (labels[i] == predictions[i] ? 1 : 0));
        }

        return new ClassificationScores { Classes = classes, Confusion = confusion, PerSubject = perSubject };
    }
}

/// <summary>One person's windows.</summary>
public sealed record SubjectScore(int Windows, int Right)
{
    /// <summary>Share right; NaN without windows.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public double Accuracy => (double)Right / Windows;
}
