using HarEdge.Trainer.Distillation.Linear;
using MathNet.Numerics.LinearAlgebra;

namespace HarEdge.Trainer.Tests.Linear;

public class FeatureSelectionTests
{
    private const int People = 8;
    private const int RowsOfPerson = 60;

    // Column 0 tells the target everywhere; 1 is noise; 2 tells it only through who the person is; 3 repeats 0 with noise; 4 is ones.
    private static (Matrix<double> Inputs, Matrix<double> Targets, int[] Subjects) Data()
    {
        var random = new Random(3);
        var rows = People * RowsOfPerson;
        var subjects = Enumerable.Range(0, rows).Select(i => i / RowsOfPerson).ToArray();
        var sign = Enumerable.Range(0, rows).Select(_ => random.Next(2) == 0 ? -1.0 : 1.0).ToArray();
        var personal = Enumerable.Range(0, People).Select(_ => random.Next(2) == 0 ? -1.0 : 1.0).ToArray();
        double Noise() => random.NextDouble() - 0.5;
        var inputs = Matrix<double>.Build.Dense(rows, 5);
        for (var i = 0; i < rows; i++)
        {
            inputs.SetRow(i, [sign[i] + Noise(), Noise(), sign[i] * personal[subjects[i]] + Noise(), sign[i] + 6 * Noise(), 1]);
        }

        return (inputs, Matrix<double>.Build.Dense(rows, 1, (i, _) => sign[i]), subjects);
    }

    private static List<int> Select(Func<int, double> price, double most = 1000, int features = 4)
    {
        var (inputs, targets, subjects) = Data();
        var selection = new FeatureSelection(inputs, targets, subjects, [.. Enumerable.Repeat(1.0, subjects.Length)], 6, 0.001, 1);
        return selection.Select([], [0, 1, 2, 3], _ => price, most, features);
    }

    [Fact]
    public void The_feature_that_carries_over_to_other_people_comes_first() => Assert.Equal(0, Select(_ => 10)[0]);

    [Fact]
    public void A_feature_that_means_something_else_for_each_person_is_not_chosen() => Assert.DoesNotContain(2, Select(_ => 10).Take(2));

    [Fact]
    public void A_much_cheaper_feature_comes_first() => Assert.Equal(3, Select(column => column == 0 ? 500 : 10)[0]);

    [Fact]
    public void What_the_budget_cannot_pay_is_not_chosen() => Assert.DoesNotContain(0, Select(column => column == 0 ? 500 : 10, most: 400));

    [Fact]
    public void The_number_of_features_is_limited() => Assert.Single(Select(_ => 10, features: 1));
}
