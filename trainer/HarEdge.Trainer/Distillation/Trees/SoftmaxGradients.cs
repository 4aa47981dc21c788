namespace HarEdge.Trainer.Distillation.Trees;

/// <summary>
/// Derivatives of the cross-entropy between soft targets and the softmax of scores, in LightGBM's order: row r and class c at
/// c · rows + r. The second derivative is the diagonal p(1−p), times k/(k−1) as LightGBM's own multiclass objective has it.
/// </summary>
internal static class SoftmaxGradients
{
    // Keeps a leaf's Newton step finite where every window is certain.
    private const double LeastHessian = 1e-6;

    internal static void FillInto(float[] gradient, float[] hessian, double[] scores, SoftTargets targets)
    {
        var rows = targets.Rows;
        var classes = scores.Length / rows;
        var factor = classes / (classes - 1.0);
        Span<double> p = stackalloc double[classes];
        for (var row = 0; row < rows; row++)
        {
            var highest = double.NegativeInfinity;
            for (var c = 0; c < classes; c++)
            {
                highest = Math.Max(highest, scores[(c * rows) + row]);
            }

            var sum = 0.0;
            for (var c = 0; c < classes; c++)
            {
                p[c] = Math.Exp(scores[(c * rows) + row] - highest);
                sum += p[c];
            }

            for (var c = 0; c < classes; c++)
            {
                var probability = p[c] / sum;
                var weight = targets.Weights[row];
                gradient[(c * rows) + row] = (float)(weight * (probability - targets.Probabilities[row][c]));
                hessian[(c * rows) + row] = (float)(weight * Math.Max(LeastHessian, factor * probability * (1 - probability)));
            }
        }
    }
}
