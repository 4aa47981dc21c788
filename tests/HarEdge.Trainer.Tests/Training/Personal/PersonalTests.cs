using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Teachers;
using HarEdge.Trainer.Training;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Tests.Training.Personal;

/// <summary>One synthetic person as the wearer, two others as the public.</summary>
public class PersonalTests
{
    private static readonly DataSet Three = SyntheticWearer.Create(new SyntheticOptions { Subjects = 3, SecondsPerActivity = 40 });

    private static readonly TrainingOptions Options = new()
    {
        Data = [Three], Teacher = new TeacherChoice(TeacherKind.Linear), Student = StudentChoice.Linear, Command = "haredge personal", MostInstructions = 8_000,
    };

    private static readonly Lazy<PersonalStudy> Study = new(() => PersonalTrial.Run(Options, Split("synthetic/p02"), null, CancellationToken.None));

    [Fact]
    public void Every_blend_is_tried_and_one_of_the_best_chosen()
    {
        Assert.Equal(PersonalBlend.Shares, Study.Value.Blends.Select(blend => blend.PublicShare));
        var chosen = Study.Value.Blends.Single(blend => blend.PublicShare == Study.Value.PublicShare).Accuracy;
        Assert.InRange(chosen, Study.Value.Blends.Max(blend => blend.Accuracy) - 0.1, 1);
    }

    [Theory]
    [InlineData(0.96, 0.96, 0.97, 0.3)] // a lead of one window in a hundred is none
    [InlineData(0.95, 0.96, 0.97, 0.7)] // two of them are more than the standard error, 1.92 %
    [InlineData(0.80, 0.96, 0.97, 0.7)]
    [InlineData(0.80, 0.90, 0.97, 1)]
    [InlineData(0.97, 0.97, 0.97, 0.3)]
    public void A_lead_of_the_others_within_the_standard_error_is_none(double mostOwn, double half, double others, double chosen) =>
        Assert.Equal(chosen, PersonalBlend.Choose([new(0.3, mostOwn), new(0.7, half), new(1, others)], 100));

    [Fact]
    public void The_curve_starts_with_everybody_else_alone_and_ends_with_all_that_was_recorded()
    {
        Assert.Equal((0, null), (Study.Value.Curve[0].Seconds, Study.Value.Curve[0].OwnAlone));
        Assert.InRange(Study.Value.Curve[^1].Seconds, 15, 40);
        Assert.True(Study.Value.Curve[^1].OwnAlone > 0.7);
    }

    [Fact]
    public void Every_activity_of_the_wearer_is_learned_from_even_when_its_bouts_are_short() =>
        Assert.All(Study.Value.Classes, one => Assert.True(one.Seconds > 5, $"{one.Name}: {one.Seconds} s"));

    [Fact]
    public void The_advice_names_an_activity_or_says_that_it_is_enough() => Assert.True(
        Study.Value.Advice.StartsWith("Enough is recorded", StringComparison.Ordinal)
        || Study.Value.Classes.Any(one => Study.Value.Advice.Contains(one.Name, StringComparison.Ordinal)));

    [Fact]
    public void An_activity_of_few_seconds_is_the_one_to_record() => Assert.Contains(
        "SITTING: there are 9 seconds",
        RecordingAdvice.Of([new OwnClass("WALKING", 40, 0.5, "SITTING"), new OwnClass("SITTING", 9, 1, null)]),
        StringComparison.Ordinal);

    [Fact]
    public void The_worst_activity_is_advised_with_what_it_is_taken_for() => Assert.Contains(
        "WALKING: it is recognised in 50 % of the windows that were not learned from, and else mostly taken for SITTING.",
        RecordingAdvice.Of([new OwnClass("WALKING", 40, 0.5, "SITTING"), new OwnClass("SITTING", 40, 1, null)]),
        StringComparison.Ordinal);

    [Fact]
    public void Nobody_elses_later_time_and_nothing_of_the_wearers_is_learned_and_tested()
    {
        var split = Split("synthetic/p02");
        var blended = split.With(new PersonalBlend("synthetic/p02", 0.3));
        Assert.Equal(6, blended.Train.Count);
        Assert.All(blended.Test, recording => Assert.Equal("p02", recording.Subject));
        foreach (var (earlier, later) in split.Own.Train.Zip(split.Own.Test))
        {
            Assert.DoesNotContain(earlier.Labels.Zip(later.Labels), labels => labels is { First: >= 0, Second: >= 0 });
        }

        Assert.All(split.With(new PersonalBlend("synthetic/p02", 0)).Train, recording => Assert.Equal("p02", recording.Subject));
        Assert.All(split.With(new PersonalBlend("synthetic/p02", 1)).Train, recording => Assert.NotEqual("p02", recording.Subject));
    }

    [Fact]
    public void The_wearer_is_the_single_person_or_must_be_named()
    {
        var mine = Three with { Name = "mine", Recordings = [.. Three.Recordings.Take(2).Select(recording => recording with { DataSet = "mine" })] };
        Assert.Equal("mine/p01", Wearer.Find([Three, mine], null));
        Assert.Equal("synthetic/p03", Wearer.Find([Three, mine], "p03"));
        Assert.Contains("--wearer", Assert.Throws<InputException>(() => Wearer.Find([Three], null)).Remedy, StringComparison.Ordinal);
        Assert.Contains("could be any", Assert.Throws<InputException>(() => Wearer.Find([Three, mine], "p01")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_give_everybody_else_the_share_asked_for()
    {
        var table = new HarEdge.Trainer.Windows.WindowTable
        {
            Features = [], Columns = 0, Labels = new int[10], SubjectOfRow = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1], RecordingOfRow = new int[10], StartSample = new int[10],
            Subjects = ["s/a", "s/b"], Classes = ["A", "B"],
        };
        var weights = new PersonalBlend("s/b", 0.3).WeightsOf(table)!;
        Assert.Equal(10, weights.Sum(), 4);
        Assert.Equal(3, weights.Take(8).Sum(), 4);
    }

    private static PersonalSplit Split(string wearer) => PersonalSplit.Of(ClassUnion.Relabel(Three, Three.DefaultClasses), Three.DefaultClasses, wearer, 128);
}
