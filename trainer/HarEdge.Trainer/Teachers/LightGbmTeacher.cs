using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Learning.LightGbm;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Teachers;

/// <summary>
/// Gradient boosting over all features. Small trees that each see one feature in twenty: features are many and alike, so that
/// a small draw costs no accuracy and the full fit takes seconds. Settings by cross-validation over HAPT's training people.
/// </summary>
internal sealed class LightGbmTeacher : Teacher
{
    private const int Iterations = 150;

    /// <inheritdoc/>
    public override string Name => "gradient boosting";

    /// <inheritdoc/>
    protected override TrainedTeacher Learn(WindowTable table, int seed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(table);
        var parameters = new LightGbmParameters(seed, table.Classes.Count)
            .Set("objective", "multiclass")
            .Set("max_bin", 63)
            .Set("learning_rate", 0.1)
            .Set("num_leaves", 6)
            .Set("feature_fraction", Math.Max(0.05, Math.Min(1, 20.0 / table.Columns)))
            .Set("min_data_in_leaf", Math.Clamp(table.Rows / 200, 1, 20));
        var dataset = LightGbmDataset.FromTable(table, parameters);
        LightGbmBooster? booster = null;
        try
        {
            dataset.SetLabels([.. table.Labels.Select(label => (float)label)]);
            booster = new LightGbmBooster(dataset, parameters);
            for (var i = 0; i < Iterations && booster.Update(); i++)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            return new Trained(dataset, booster);
        }
        catch
        {
            booster?.Dispose();
            dataset.Dispose();
            throw;
        }
    }

    private sealed class Trained(LightGbmDataset dataset, LightGbmBooster booster) : TrainedTeacher
    {
        public override ClassScores Score(WindowTable table)
        {
            var raw = booster.Predict(table, raw: true);
            var scores = new ClassScores(table.Rows, booster.Classes);
            for (var row = 0; row < table.Rows; row++)
            {
                raw.AsSpan(row * booster.Classes, booster.Classes).CopyTo(scores[row]);
            }

            return scores;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                booster.Dispose();
                dataset.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
