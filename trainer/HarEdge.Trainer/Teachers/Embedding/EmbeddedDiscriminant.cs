using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Teachers.Embedding;

/// <summary>A linear discriminant over an embedding: what kernel machines and convolution teachers end in.</summary>
internal sealed class EmbeddedDiscriminant : TrainedTeacher
{
    private readonly IEmbedding embedding;
    private readonly ColumnStandardization standardization;
    private readonly LinearDiscriminant discriminant;

    /// <summary>Learns in closed form.</summary>
    /// <param name="embedding">Made from the same windows, or from nothing but a seed.</param>
    /// <param name="table">Labelled windows.</param>
    /// <param name="shrinkage">See <see cref="LinearDiscriminant.Fit"/>.</param>
    internal EmbeddedDiscriminant(IEmbedding embedding, WindowTable table, double shrinkage)
    {
        this.embedding = embedding;
        var columns = embedding.Columns(table);
        standardization = new ColumnStandardization(columns);
        standardization.Apply(columns);
        discriminant = LinearDiscriminant.Fit(columns, table.Labels, table.Classes.Count, shrinkage);
    }

    /// <inheritdoc/>
    public override ClassScores Score(WindowTable table)
    {
        var columns = embedding.Columns(table);
        standardization.Apply(columns);
        return discriminant.Score(columns);
    }
}
