namespace HarEdge.Cli.Tests.Running;

/// <summary>Models that tests run.</summary>
internal static class Models
{
    /// <summary>Small, hand-written, with every kind of stage; knows WALKING, SITTING, STANDING and LAYING, badly.</summary>
    public static string Small => Path.Combine(Repository.Root, "tests/HarEdge.Trainer.Tests/golden/small-model.json");
}
