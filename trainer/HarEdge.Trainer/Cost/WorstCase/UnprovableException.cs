namespace HarEdge.Trainer.Cost.WorstCase;

/// <summary>The code does something for which no upper bound of its cost can be shown. The message says what and where.</summary>
internal sealed class UnprovableException(string message) : Exception(message);
