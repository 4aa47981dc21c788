using HarEdge.Trainer.Exploration;
using HarEdge.Trainer.Tables;

namespace HarEdge.Trainer.Tests.Exploration;

/// <summary>What an exploration finds in data whose truth is known.</summary>
public sealed class ExplorationTests
{
    private const int People = 8;
    private const int RowsOfPerson = 45;
    private const int Copies = 4;

    // Four columns are one thing that parts all classes, one parts the last class from the others, six are noise.
    private static readonly string[] Names = ["copy0", "copy1", "copy2", "copy3", "tilt", "noise0", "noise1", "noise2", "noise3", "noise4", "noise5"];

    private static readonly Lazy<ExplorationReport> Explored = new(() => ExplorationReport.Of("made", TableOf(), 1, null, CancellationToken.None));

    [Fact]
    public void Copies_of_one_thing_are_one_group_which_comes_first_and_whose_members_are_interchangeable()
    {
        var importance = Explored.Value.Importance;
        var first = importance.Groups[0];
        Assert.Equal(["copy0", "copy1", "copy2", "copy3"], first.Members.Order(StringComparer.Ordinal));
        Assert.Equal(1, first.RankHigh);
        Assert.True(first.IsInterchangeable);
        Assert.All(first.Singles, single => Assert.True(single.Loss < first.Loss / 4, $"{single.Feature} alone {single.Loss}"));
        Assert.True(first.Loss > 0.2);
        Assert.Equal(8, Explored.Value.Groups.Count);
    }

    [Fact]
    public void Noise_is_never_in_the_consensus_and_at_most_one_error_is_expected()
    {
        var importance = Explored.Value.Importance;
        Assert.NotEmpty(importance.Consensus);
        Assert.DoesNotContain(importance.Consensus, name => name.StartsWith("noise", StringComparison.Ordinal));
        Assert.InRange(importance.ErrorBound, 0.01, 1);
        Assert.Equal(importance.Selected * importance.Selected / 0.5 / Explored.Value.Groups.Count, importance.ErrorBound, 1e-9);
        Assert.InRange(importance.HalvesAgree, 0.8, 1);
    }

    [Fact]
    public void Exchanged_labels_are_among_the_first_of_the_suspicious_rows()
    {
        var table = TableOf();
        int[] exchanged = [7, 60, 133, 214, 290];
        foreach (var row in exchanged)
        {
            table.Labels[row] = (table.Labels[row] + 1) % 3;
        }

        var suspicious = ExplorationReport.Of("made", table, 1, null, CancellationToken.None).Suspicious;
        var found = exchanged.Count(row => suspicious.Take(8).Any(doubtful => doubtful.Row == row && doubtful.Line == row + 2));
        Assert.True(found >= 4, $"{found} of 5 among the first 8");
        Assert.All(suspicious.Take(4), row => Assert.True(row.IsConfident && row.Probability > row.OfLabel));
    }

    [Fact]
    public void A_test_of_the_same_kind_cannot_be_told_from_training_and_a_shifted_one_can()
    {
        Assert.Null(Explored.Value.TestDrift);
        Assert.InRange(Drift(shift: 0), 0.3, 0.7);
        Assert.InRange(Drift(shift: 3), 0.95, 1);

        static double Drift(float shift)
        {
            var table = TableOf(split: true);
            for (var row = 0; row < table.Rows; row++)
            {
                table.Values[5][row] += table.IsTest![row] ? shift : 0;
            }

            return ExplorationReport.Of("made", table, 1, null, CancellationToken.None).TestDrift!.Auroc;
        }
    }

    [Fact]
    public void The_same_data_and_seed_give_the_same_report() => Assert.Equal(
        ReportJson.Format(Explored.Value), ReportJson.Format(ExplorationReport.Of("made", TableOf(), 1, null, CancellationToken.None)));

    [Fact]
    public void Stability_is_one_for_equal_selections_and_near_zero_for_selections_by_chance()
    {
        Assert.Equal(1, ImportanceStudy.StabilityOf([[1, 2], [1, 2], [2, 1]], 10), 1e-12);
        var random = new Random(1);
        var byChance = Enumerable.Range(0, 400).Select(_ => (IReadOnlyCollection<int>)Enumerable.Range(0, 20).OrderBy(_ => random.Next()).Take(5).ToArray()).ToList();
        Assert.InRange(ImportanceStudy.StabilityOf(byChance, 20), -0.02, 0.02);

        // By hand: two of three runs select 0, one selects 1; of two features, variance 3/2 · 2/3 · 1/3 each, over 1/2 · 1/2.
        Assert.Equal(1 - ((1.0 / 3) / 0.25), ImportanceStudy.StabilityOf([[0], [0], [1]], 2), 1e-12);
    }

    [Fact]
    public void Separation_is_the_share_of_variance_between_groups()
    {
        var table = Table([[0, 0, 1, 1], [0, 1, 0, 1], [0, 2, 1, 3]], [0, 0, 1, 1], null);
        var geometry = FeatureGeometry.Of(table, [0, 1, 2, 3]);
        Assert.Equal(1, geometry.Separation(0, table.Labels, 2), 1e-6);
        Assert.Equal(0, geometry.Separation(1, table.Labels, 2), 1e-6);
        Assert.Equal(0.2, geometry.Separation(2, table.Labels, 2), 1e-6);
    }

    [Fact]
    public void The_sides_that_one_feature_parts_are_found_without_names_and_told_with_what_mistakes_remain()
    {
        // Four classes of codes: one feature parts the first and third from the others, another only the first from the third.
        var random = new Random(1);
        var labels = Enumerable.Range(0, 240).Select(row => row % 4).ToArray();
        float Around(double middle) => (float)(middle + random.NextDouble());
        float[][] values = [[.. labels.Select(label => Around(label % 2 == 0 ? 0 : 5))], [.. labels.Select(label => Around(label == 0 ? 0 : label == 2 ? 0.4 : 0.7))]];
        var report = ExplorationReport.Of("made", Table(values, labels, [.. Enumerable.Range(0, 240).Select(row => row / 30)], classes: ["1", "2", "3", "4"]), 1, null, CancellationToken.None);
        var sides = report.Contrasts[0];
        Assert.Equal(["1", "3"], sides.First);
        Assert.Equal(["2", "4"], sides.Second);
        Assert.Equal(0, sides.Mistakes);
        Assert.True(sides.OfMistakes > 0);
        Assert.Equal("copy0", sides.Features[0].Feature);
        Assert.Equal(1, sides.Features[0].Alone);
        Assert.InRange(sides.Features[1].Alone!.Value, 0.4, 0.9);
        Assert.Equal(sides.OfMistakes, report.Contrasts.Skip(1).Sum(pair => pair.Mistakes));
    }

    [Fact]
    public void A_threshold_is_judged_on_rows_that_did_not_choose_it()
    {
        Assert.Equal(1, Threshold.Accuracy([0, 1, 2, 3, 10, 11, 12, 13], [1, 1, 1, 1, 0, 0, 0, 0]));
        var random = new Random(1);
        int[] sides = [.. Enumerable.Range(0, 2000).Select(i => i % 10 == 0 ? 1 : 0)];
        Assert.InRange(Threshold.Accuracy([.. sides.Select(_ => random.NextSingle())], sides), 0.4, 0.6);
        Assert.Equal(1, Threshold.Accuracy([float.NaN, float.NaN, 3, 4], [1, 1, 0, 0]));
    }

    [Fact]
    public void The_map_finds_the_two_directions_of_most_variance()
    {
        var random = new Random(1);
        float[] first = [.. Enumerable.Range(0, 200).Select(_ => (float)random.NextDouble())];
        float[] second = [.. Enumerable.Range(0, 200).Select(_ => (float)random.NextDouble())];
        var geometry = FeatureGeometry.Of(Table([first, first, first, second, second], new int[200], null), [.. Enumerable.Range(0, 200)]);
        var (_, _, x, y) = geometry.Map();
        Assert.Equal(1, x + y, 1e-3);
        Assert.InRange(x, 0.59, 0.65);
    }

    [Theory]
    [InlineData("tBodyAcc-mean()-X", "mean of body acceleration, X")]
    [InlineData("tGravityAcc-std()-Z", "standard deviation of gravity, Z")]
    [InlineData("fBodyGyro-meanFreq()-Y", "mean frequency of spectrum of rotation, Y")]
    [InlineData("tBodyAccJerkMag-entropy()", "entropy of jerk of body acceleration, all axes together")]
    [InlineData("fBodyBodyGyroMag-sma()", "signal magnitude area of spectrum of rotation, all axes together")]
    [InlineData("tBodyAcc-correlation()-X,Y", "correlation of body acceleration, X Y")]
    [InlineData("angle(X,gravityMean)", "angle between X and gravity")]
    [InlineData("heart rate", null)]
    public void Names_of_UCI_HAR_are_said_in_words(string name, string? words) => Assert.Equal(words, FeatureWords.Of(name));

    private static FeatureTable TableOf(bool split = false)
    {
        var random = new Random(3);
        var rows = People * RowsOfPerson;
        var labels = Enumerable.Range(0, rows).Select(row => row % 3).ToArray();
        var people = Enumerable.Range(0, rows).Select(row => row / RowsOfPerson).ToArray();
        float Noise(double size) => (float)(size * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5));
        var one = labels.Select(label => (2 * label) + Noise(1)).ToArray();
        var values = Enumerable.Range(0, Names.Length).Select(column => Enumerable.Range(0, rows).Select(row =>
            column < Copies ? one[row] + Noise(0.2) : column == Copies ? (labels[row] == 2 ? 1.5f : 0) + Noise(1) : Noise(1)).ToArray()).ToArray();
        return Table(values, labels, people, split ? [.. people.Select(person => person >= 6)] : null);
    }

    private static FeatureTable Table(float[][] values, int[] labels, int[]? people, bool[]? isTest = null, string[]? classes = null) => new()
    {
        Columns = [.. values.Select((_, column) => new TableColumn(column < Names.Length ? Names[column] : "x" + column, "x"))],
        Values = values,
        Labels = labels,
        Classes = classes ?? ["A", "B", "C"],
        ClassNames = classes ?? ["A", "B", "C"],
        GroupOfRow = people,
        Groups = [.. Enumerable.Range(0, People).Select(person => "p" + person)],
        IsTest = isTest,
        Lines = [.. Enumerable.Range(2, labels.Length)],
        Roles = new TableRoles(),
        Account = new TableAccount(),
    };
}
