using System.Globalization;
using HarEdge.Trainer.Training;

namespace HarEdge.Trainer.Reports;

/// <summary>Tables about models for one wearer.</summary>
internal static class PersonalTables
{
    /// <summary>Blend, learning curve and activities of one wearer.</summary>
    public static IReadOnlyList<ReportTable> Of(PersonalMetrics metrics) =>
    [
        new(
            $"{metrics.Wearer}: how much everybody else counts, cross-validated over blocks of the wearer's time",
            ["everybody else", "accuracy", ""],
            [.. metrics.CrossValidation.Select(blend => (IReadOnlyList<string>)[Whole(blend.PublicShare), Percent(blend.Accuracy), blend.PublicShare == metrics.PublicShare ? "chosen" : ""])]),
        new(
            $"{metrics.Wearer}: seconds recorded of each activity, accuracy on the wearer's later time",
            ["seconds", "own recordings alone", "blended"],
            [.. metrics.Curve.Select(point => (IReadOnlyList<string>)[ScoreTables.Number(point.Seconds), Percent(point.OwnAlone), Percent(point.Blended)])]),
        new(
            $"{metrics.Wearer}: {metrics.Advice}",
            ["activity", "seconds", "recognised", "else mostly taken for"],
            [
                .. metrics.Classes.Select(one => (IReadOnlyList<string>)
                    [one.Name, one.Seconds.ToString("0", CultureInfo.InvariantCulture), Percent(one.Recognised), one.TakenFor ?? ""]),
            ]),
    ];

    /// <summary>Means over people by seconds recorded, and each person's last point.</summary>
    public static IReadOnlyList<ReportTable> OfStudy(PersonalStudyMetrics metrics) =>
    [
        new(
            $"{metrics.People.Count} people as wearers, mean accuracy on their later time: {metrics.Command}",
            ["seconds of each activity", "people", "own recordings alone", "worst", "blended", "worst blended"],
            [
                .. metrics.People.SelectMany(person => person.Curve.SkipLast(1).Select(point => (Key: ScoreTables.Number(point.Seconds), Seconds: point.Seconds, Point: point)).Append((Key: "all", Seconds: int.MaxValue, Point: person.Curve[^1])))
                    .GroupBy(point => (point.Seconds, point.Key)).OrderBy(group => group.Key.Seconds).Select(group => Row(group.Key.Key, [.. group.Select(point => point.Point)])),
            ]),
        new(
            "By person, all seconds recorded",
            ["person", "everybody else weighs", "everybody else alone", "own recordings alone", "blended"],
            [
                .. metrics.People.Select(person => (IReadOnlyList<string>)
                [
                    person.Wearer,
                    Whole(person.PublicShare),
                    person.Curve[0].Seconds == 0 ? Percent(person.Curve[0].Blended) : "–",
                    Percent(person.Curve[^1].OwnAlone),
                    Percent(person.Curve[^1].Blended),
                ]),
            ]),
    ];

    private static IReadOnlyList<string> Row(string seconds, List<CurveMetrics> points)
    {
        var alone = points.Where(point => point.OwnAlone is not null).Select(point => point.OwnAlone!.Value).DefaultIfEmpty(double.NaN).ToList();
        var blended = points.Select(point => point.Blended ?? double.NaN).ToList();
        return
        [
            seconds, ScoreTables.Number(points.Count), ReportTable.Percent(alone.Average()), ReportTable.Percent(alone.Min()), ReportTable.Percent(blended.Average()), ReportTable.Percent(blended.Min()),
        ];
    }

    private static string Percent(double? share) => ReportTable.Percent(share ?? double.NaN);

    private static string Whole(double share) => (100 * share).ToString("0", CultureInfo.InvariantCulture) + " %";
}

/// <summary>What one wearer's recordings are worth, as JSON files carry it: shares 0..1, null where nothing was measured.</summary>
internal sealed record PersonalMetrics(
    string Wearer,
    double PublicShare,
    IReadOnlyList<BlendMetrics> CrossValidation,
    IReadOnlyList<CurveMetrics> Curve,
    IReadOnlyList<OwnClassMetrics> Classes,
    string Advice)
{
    /// <summary>The numbers of a study.</summary>
    public static PersonalMetrics Of(PersonalStudy study) => new(
        study.Wearer,
        study.PublicShare,
        [.. study.Blends.Select(blend => new BlendMetrics(blend.PublicShare, ScoreMetrics.Share(blend.Accuracy)))],
        [.. study.Curve.Select(point => new CurveMetrics(point.Seconds, ScoreMetrics.Share(point.OwnAlone ?? double.NaN), ScoreMetrics.Share(point.Blended)))],
        [.. study.Classes.Select(one => new OwnClassMetrics(one.Name, Math.Round(one.Seconds, 1), ScoreMetrics.Share(one.Recognised), one.TakenFor))],
        study.Advice);
}

/// <summary>Accuracy over blocks of the wearer's earlier time when everybody else has a weight.</summary>
internal sealed record BlendMetrics(double PublicShare, double? Accuracy);

/// <summary>Accuracy on the wearer's later time, learned from so many seconds of each activity.</summary>
internal sealed record CurveMetrics(int Seconds, double? OwnAlone, double? Blended);

/// <summary>An activity of the wearer.</summary>
internal sealed record OwnClassMetrics(string Name, double Seconds, double? Recognised, string? TakenFor);

/// <summary>What <c>haredge personal --json</c> prints: one study a person, everybody else being the public.</summary>
internal sealed record PersonalStudyMetrics(string Dataset, bool Synthetic, string Command, IReadOnlyList<PersonalMetrics> People);
