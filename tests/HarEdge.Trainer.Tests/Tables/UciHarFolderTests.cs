using System.Globalization;
using System.Text;
using HarEdge.Trainer.Tables;
using HarEdge.Trainer.Tables.Reading;

namespace HarEdge.Trainer.Tests.Tables;

public sealed class UciHarFolderTests : IDisposable
{
    private readonly MadeTable made = new();

    public void Dispose() => made.Dispose();

    [Fact]
    public void The_folder_gives_names_split_people_and_classes_without_being_told()
    {
        Write("UCI HAR Dataset");
        var table = TableReader.Read(new TableOptions { Paths = [made.Folder] });
        Assert.Equal(["tBodyAcc-mean()-X", "fBodyAcc-bandsEnergy()-1,8", "fBodyAcc-bandsEnergy()-1,8.1"], table.Columns.Select(column => column.Name));
        Assert.Equal(["WALKING", "SITTING"], table.Classes);
        Assert.Equal((24, 12), (table.Labelled(test: false).Length, table.Labelled(test: true).Length));
        Assert.Equal(["1", "2", "3"], table.Groups);
        Assert.Contains(table.Account.Facts, fact => fact.What == "people of the test" && fact.Value.StartsWith('3'));
        Assert.Contains(table.Account.LeftOut, column => column.Column == "Inertial Signals");
        Assert.InRange(table.Values[0][0], -1f, 1f);
        Assert.Empty(table.Account.Warnings);
    }

    [Fact]
    public void A_folder_whose_files_do_not_fit_together_is_refused()
    {
        Write("data");
        made.Write("data/train/y_train.txt", "1\n2\n");
        var error = Assert.Throws<InputException>(() => TableReader.Read(new TableOptions { Paths = [made.At("data")] }));
        Assert.Contains("2 lines for 24 rows", error.Message, StringComparison.Ordinal);
    }

    // Two people to learn from and one for the test, numbers as the data set writes them: two blanks in front, three digits of exponent.
    private void Write(string folder)
    {
        var random = new Random(1);
        Directory.CreateDirectory(made.At($"{folder}/train/Inertial Signals"));
        Directory.CreateDirectory(made.At($"{folder}/test"));
        made.Write($"{folder}/features.txt", "1 tBodyAcc-mean()-X\n2 fBodyAcc-bandsEnergy()-1,8\n3 fBodyAcc-bandsEnergy()-1,8\n");
        made.Write($"{folder}/activity_labels.txt", "1 WALKING\n2 SITTING\n");
        foreach (var (part, people) in new[] { ("train", new[] { 1, 2 }), ("test", new[] { 3 }) })
        {
            StringBuilder x = new(), y = new(), subject = new();
            foreach (var person in people)
            {
                for (var row = 0; row < 12; row++)
                {
                    y.Append((row % 2) + 1).Append('\n');
                    subject.Append(person).Append('\n');
                    for (var column = 0; column < 3; column++)
                    {
                        var value = (random.NextDouble() - 0.5) + (row % 2);
                        var exponent = value == 0 ? 0 : (int)Math.Floor(Math.Log10(Math.Abs(value)));
                        x.Append(CultureInfo.InvariantCulture, $"  {value / Math.Pow(10, exponent):0.0000000}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):000}");
                    }

                    x.Append('\n');
                }
            }

            made.Write($"{folder}/{part}/X_{part}.txt", x.ToString());
            made.Write($"{folder}/{part}/y_{part}.txt", y.ToString());
            made.Write($"{folder}/{part}/subject_{part}.txt", subject.ToString());
        }
    }
}
