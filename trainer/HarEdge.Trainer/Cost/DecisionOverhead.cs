namespace HarEdge.Trainer.Cost;

/// <summary>
/// What a decision executes besides the features, measured by the cost meter: a temporal filter that looks at every pair of
/// classes, 33 instructions each, and about 1,400 for sliding the window, the confidence, clearing features of other stages and the loop.
/// </summary>
internal static class DecisionOverhead
{
    private const int PerPairOfClasses = 33;
    private const int Rest = 1400;

    /// <summary>Instructions a decision.</summary>
    public static int Of(int classes) => PerPairOfClasses * classes * classes + Rest;

    /// <summary>What a budget leaves for the student's features.</summary>
    /// <param name="mostInstructions">Budget of a decision.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="unknownRule">Price of the features the unknown rule reads.</param>
    public static int InstructionsForFeatures(int mostInstructions, int classes, double unknownRule) =>
        mostInstructions - (int)unknownRule - Of(classes);
}
