using HarEdge.Trainer.Training.Personal;

namespace HarEdge.Trainer.Reports;

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
internal sealed record PersonalStudyMetrics(string Command, IReadOnlyList<PersonalMetrics> People);
