using System.IO.Compression;
using System.Text;
using Parquet;
using Parquet.Schema;

namespace HarEdge.Trainer.Tests.Tables;

public sealed class TableReaderTests : IDisposable
{
    private readonly MadeTable made = new();

    public void Dispose() => made.Dispose();

    [Fact]
    public void A_table_has_its_features_classes_and_people()
    {
        made.Write("t.csv", MadeTable.Csv(MadeTable.Rows()));
        var table = made.Read("t.csv");
        Assert.Equal(["f0", "f1", "f2", "f3", "f4", "f5"], table.Columns.Select(column => column.Name));
        Assert.Equal(["run", "sit", "walk"], table.Classes);
        Assert.Equal(["p1", "p2", "p3", "p4"], table.Groups);
        Assert.Equal(96, table.Rows);
        Assert.Empty(table.Account.Warnings);
    }

    [Fact]
    public void Names_that_occur_again_are_told_apart_and_keep_their_commas()
    {
        made.Write("t.csv", "\"e()-1,8\",\"e()-1,8\",\"e()-1,8\",\"angle(a),g)\",label\n1,2,3,4,a\n5,6,7,8,b\n2,1,3,5,a\n6,5,8,7,b\n");
        var table = made.Read("t.csv");
        Assert.Equal(["e()-1,8", "e()-1,8.1", "e()-1,8.2", "angle(a),g)"], table.Columns.Select(column => column.Name));
        Assert.Equal([3f, 7f, 3f, 8f], table.Values[2]);
    }

    [Fact]
    public void Semicolons_decimal_commas_umlauts_and_a_byte_order_mark_are_read()
    {
        made.Write("t.csv", "größe 1;x;label\n1,25;-3;gehen\n1.024,5;2;stehen\n2,5;4;gehen\n3;5;stehen\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        var table = made.Read("t.csv");
        Assert.Equal("größe 1", table.Columns[0].Name);
        Assert.Equal([1.25f, 1024.5f, 2.5f, 3f], table.Values[0]);
        Assert.Contains(table.Account.Facts, fact => fact.Value.Contains("decimal comma in größe 1", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_of_a_spreadsheet_in_Latin_1_keeps_its_umlauts()
    {
        made.Write("t.csv", "höhe;label\n1,5;süß\n2;x\n3;süß\n4,5;x\n", Encoding.Latin1);
        var table = made.Read("t.csv");
        Assert.Equal("höhe", table.Columns[0].Name);
        Assert.Contains("süß", table.Classes);
    }

    [Theory]
    [InlineData("\t", "tabulators")]
    [InlineData("|", "|")]
    [InlineData(";", "semicolons")]
    public void The_separator_is_found(string separator, string name)
    {
        made.Write("t.csv", MadeTable.Csv(MadeTable.Rows(), separator: separator[0]));
        var table = made.Read("t.csv");
        Assert.Equal(6, table.Columns.Count);
        Assert.Contains(table.Account.Facts, fact => fact.Value.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public void Packed_files_and_ARFF_give_the_numbers_of_the_plain_file()
    {
        var rows = MadeTable.Rows();
        var text = MadeTable.Csv(rows);
        made.Write("t.csv", text);
        using (var packed = new GZipStream(File.Create(made.At("t2.csv.gz")), CompressionLevel.Fastest))
        {
            packed.Write(Encoding.UTF8.GetBytes(text));
        }

        made.Write("t.arff", "% comment\n@relation walk\n" + string.Concat(Enumerable.Range(0, 6).Select(f => $"@attribute f{f} numeric\n"))
            + "@attribute person string\n@attribute 'label' {walk,run,sit}\n@data\n" + text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        var plain = made.Read("t.csv");
        foreach (var name in new[] { "t2.csv.gz", "t.arff" })
        {
            var other = made.Read(name);
            Assert.Equal(plain.Values, other.Values);
            Assert.Equal(plain.Labels, other.Labels);
            Assert.Equal(plain.Groups, other.Groups);
        }
    }

    [Fact]
    public void A_sparse_ARFF_row_is_zero_where_it_says_nothing()
    {
        made.Write("t.arff", "@attribute a numeric\n@attribute b numeric\n@attribute label {x,y}\n@data\n{0 1.5, 2 y}\n{1 2}\n{0 3, 1 1, 2 y}\n{}\n");
        var table = made.Read("t.arff");
        Assert.Equal([1.5f, 0, 3, 0], table.Values[0]);
        Assert.Equal(["y", "x", "y", "x"], table.Labels.Select(label => table.Classes[label]));
    }

    [Fact]
    public async Task Parquet_gives_the_numbers_of_the_plain_file()
    {
        var rows = MadeTable.Rows();
        made.Write("t.csv", MadeTable.Csv(rows));
        DataField[] fields = [.. Enumerable.Range(0, 6).Select(f => new DataField<double>($"f{f}")), new DataField<string>("person"), new DataField<string>("label")];
        await using (var file = File.Create(made.At("t.parquet")))
        {
            await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), file);
            using var group = writer.CreateRowGroup();
            for (var f = 0; f < 6; f++)
            {
                await group.WriteAsync<double>(fields[f], rows.Select(row => row.Values[f]).ToArray());
            }

            await group.WriteAsync(fields[6], rows.Select(row => row.Person).ToList());
            await group.WriteAsync(fields[7], rows.Select(row => row.Label).ToList());
        }

        var (plain, parquet) = (made.Read("t.csv"), made.Read("t.parquet"));
        Assert.Equal(plain.Values, parquet.Values);
        Assert.Equal(plain.Labels, parquet.Labels);
    }

    [Fact]
    public void Marks_of_a_missing_value_are_counted_and_infinite_values_are_among_them()
    {
        string[] marks = ["?", "NA", "nan", "", "NULL", "-", "n/a", "inf", "-inf", "#DIV/0!", "1e400"];
        var rows = MadeTable.Rows();
        made.Write("t.csv", MadeTable.Csv(rows, ["holes"], row => [row < marks.Length ? marks[row] : $"{row % 7}.5"]));
        var table = made.Read("t.csv");
        Assert.Equal(marks.Length, table.Values[0].Count(float.IsNaN));
        var told = Assert.Single(table.Account.Facts, fact => fact.What == "missing cells").Value;
        Assert.All(["? 1", "NA 1", "empty 1", "- 1", "-inf 1", "#DIV/0! 1", "infinite"], part => Assert.Contains(part, told, StringComparison.Ordinal));
    }

    [Fact]
    public void Sentinels_and_own_marks_are_missing_when_told_so()
    {
        made.Write("t.csv", MadeTable.Csv(MadeTable.Rows(), ["holes"], row => [row == 0 ? "-999" : row == 1 ? "kaputt" : $"{row % 7}.5"]));
        var table = made.Read("t.csv", options => options with { Sentinels = [-999], MissingMarks = ["kaputt"] });
        Assert.Equal([true, true, false], table.Values[0].Take(3).Select(float.IsNaN));
        Assert.Empty(table.Account.Warnings);
    }

    [Fact]
    public void A_cell_that_is_no_number_is_told_by_line_and_counts_as_missing()
    {
        made.Write("t.csv", MadeTable.Csv(MadeTable.Rows(), ["z4"], row => [row == 10 ? "-14619-03-2024 10:22" : $"{row % 7}"]));
        var table = made.Read("t.csv");
        Assert.True(float.IsNaN(table.Values[0][10]));
        var warning = Assert.Single(table.Account.Warnings);
        Assert.Contains("z4", warning, StringComparison.Ordinal);
        Assert.Contains("line 12 '-14619-03-2024 10:22'", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_row_is_an_error_by_line_and_a_last_one_that_was_cut_is_left_out()
    {
        made.Write("t.csv", "a,b,label\n1,2,x\n3,y\n4,5,x\n");
        var error = Assert.Throws<InputException>(() => made.Read("t.csv"));
        Assert.Contains("line 3 has 2 columns", error.Message, StringComparison.Ordinal);
        made.Write("t.csv", "a,b,label\n1,2,x\n3,4,y\n4,3,x\n4,5");
        Assert.Equal(3, made.Read("t.csv").Rows);
    }

    [Fact]
    public void A_misspelled_column_is_asked_about()
    {
        made.Write("t.csv", MadeTable.Csv(MadeTable.Rows()));
        var error = Assert.Throws<InputException>(() => made.Read("t.csv", options => options with { Labels = ["lable"] }));
        Assert.Contains("Did you mean label?", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_one_table_are_joined_by_the_names_of_their_columns()
    {
        var rows = MadeTable.Rows();
        made.Write("a.csv", MadeTable.Csv(rows));
        made.Write("b.csv", "label,person,f5,f4,f3,f2,f1,f0\nwalk,p9,5,4,3,2,1,0\n");
        var table = made.Read("a.csv", options => options with { Paths = [made.At("a.csv"), made.At("b.csv")] });
        Assert.Equal(97, table.Rows);
        Assert.Equal([0f, 1, 2, 3, 4, 5], table.Values.Select(column => column[96]));
        Assert.Equal("p9", table.GroupName(96));
    }

    [Fact]
    public void A_test_file_and_a_column_of_the_split_mark_the_test_rows()
    {
        made.Write("a.csv", MadeTable.Csv(MadeTable.Rows()));
        made.Write("b.csv", MadeTable.Csv(MadeTable.Rows(people: 1, seed: 2)));
        Assert.Equal(24, made.Read("a.csv", options => options with { TestPaths = [made.At("b.csv")] }).Labelled(test: true).Length);
        made.Write("c.csv", MadeTable.Csv(MadeTable.Rows(), ["Data"], row => [row < 48 ? "Train" : "Test"]));
        Assert.Equal(48, made.Read("c.csv", options => options with { TestRows = ("Data", "test") }).Labelled(test: true).Length);
        Assert.Equal(48, made.Read("c.csv", options => options with { SplitColumn = "Data" }).Labelled(test: true).Length);
        var error = Assert.Throws<InputException>(() => made.Read("c.csv", options => options with { TestRows = ("Data", "Tset") }));
        Assert.Contains("Did you mean Test?", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Repeated_rows_and_people_on_both_sides_are_told()
    {
        var rows = MadeTable.Rows();
        made.Write("t.csv", MadeTable.Csv([.. rows, rows[0], rows[1]], ["Data"], row => [row < rows.Count ? "Train" : "Test"]));
        var table = made.Read("t.csv", options => options with { SplitColumn = "Data" });
        Assert.Contains(table.Account.Facts, fact => fact.What == "repeated rows" && fact.Value.StartsWith("2 rows", StringComparison.Ordinal));
        Assert.Contains(table.Account.Warnings, warning => warning.Contains("One person has rows on both sides", StringComparison.Ordinal));
        Assert.Contains(table.Account.Warnings, warning => warning.Contains("2 rows of the test repeat", StringComparison.Ordinal));
    }
}
