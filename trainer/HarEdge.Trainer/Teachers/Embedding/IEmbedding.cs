using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Teachers.Embedding;

/// <summary>Turns windows into columns of numbers in a space in which a linear rule does well.</summary>
internal interface IEmbedding
{
    /// <summary>Columns × rows, the caller's to change.</summary>
    float[][] Columns(WindowTable table);
}
