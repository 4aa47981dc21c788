namespace HarEdge.Trainer.Experiments;

/// <summary>One teacher's line in the comparison. Shares are 0..1.</summary>
internal sealed record TeacherRow
{
    /// <summary>The teacher's name.</summary>
    public required string Name { get; init; }

    /// <summary>Accuracy on training people by teachers that never saw the person; null for a finished model, of which nobody knows whom it saw.</summary>
    public required double? CrossValidatedAccuracy { get; init; }

    /// <summary>Accuracy on the test people.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>Mean F1 over the classes on the test people.</summary>
    public required double TestMacroF1 { get; init; }

    /// <summary>Mean −ln of the label's probability on the test people.</summary>
    public required double TestLogLoss { get; init; }

    /// <summary>Expected calibration error on the test people, 15 bins.</summary>
    public required double TestCalibrationError { get; init; }

    /// <summary>
    /// Wall-clock seconds of learning once from all training people and once without each fold; of the blend, those of its members
    /// and of finding the weights. The one number here that differs from run to run.
    /// </summary>
    public required double Seconds { get; init; }

    /// <summary>True when the default teacher blends it.</summary>
    public required bool IsBlended { get; init; }
}
