namespace HarEdge.Trainer.Tables.Reading;

/// <summary>Which rows are the test: by a column and a value, by a column that says so, or by the files they stood in.</summary>
internal static class TestSplit
{
    /// <summary>For each row whether it is of the test; null where nothing says so.</summary>
    /// <exception cref="InputException">A column or value is not there.</exception>
    public static bool[]? Of(RawTable raw, TableOptions options, TableAccount account)
    {
        if (options.TestRows is { } stated)
        {
            var column = ColumnGuess.Named(raw, stated.Column, "--test-rows");
            var value = stated.Value.Trim();
            bool[] isTest = [.. Enumerable.Range(0, raw.Rows).Select(row => string.Equals(column.Text(row).Trim(), value, StringComparison.OrdinalIgnoreCase))];
            return Array.Exists(isTest, test => test)
                ? Told(isTest, account, $"{column.Name} = {value}")
                : throw new InputException(
                    $"No row has '{value}' in the column '{column.Name}'.", NearestName.Question(value, column.Texts) + $"It has {TableAccount.Names(column.Texts)}.", 2);
        }

        if (options.SplitColumn is { } name)
        {
            var column = ColumnGuess.Named(raw, name, "--split-column");
            return Told([.. Enumerable.Range(0, raw.Rows).Select(row => !IsTrain(column.Text(row).Trim(), column))], account, $"{column.Name} says so");
        }

        return raw.Find(UciHarFolder.Part) is { IsText: true } part && (options.TestPaths.Count > 0 || (options.Paths is [var only] && Directory.Exists(only)))
            ? Told([.. Enumerable.Range(0, raw.Rows).Select(row => part.Text(row) == "test")], account, "as the files are given")
            : null;
    }

    private static bool IsTrain(string text, RawColumn column) => text.ToUpperInvariant() switch
    {
        "1" or "1.0" or "TRUE" or "T" or "YES" or "TRAIN" or "TRAINING" => true,
        "0" or "0.0" or "FALSE" or "F" or "NO" or "TEST" or "TESTING" or "HOLDOUT" or "VALIDATION" => false,
        _ => throw new InputException(
            $"'{text}' in the column '{column.Name}' says neither train nor test.", "Name the column and the value of the test rows with --test-rows COLUMN=VALUE.", 2),
    };

    private static bool[] Told(bool[] isTest, TableAccount account, string how)
    {
        var test = isTest.Count(row => row);
        account.Add("split", $"{TableAccount.Count(isTest.Length - test)} rows to learn from, {TableAccount.Count(test)} for the test: {how}");
        return isTest;
    }
}
