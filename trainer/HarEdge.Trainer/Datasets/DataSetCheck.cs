namespace HarEdge.Trainer.Datasets;

/// <summary>What must hold for any data set that was read before it is handed on.</summary>
internal static class DataSetCheck
{
    /// <summary>At least one run, at least one class, and samples of every class that is to be learned.</summary>
    /// <exception cref="InputException">One of them is missing.</exception>
    public static void Verify(DataSet dataSet, string path)
    {
        if (!dataSet.Recordings.Any(recording => recording.Runs.Count > 0))
        {
            throw new InputException(
                $"'{path}' has no stretch in which all six channels are known ({dataSet.Report.RowsRead} rows read, "
                + $"{dataSet.Report.RowsIncomplete} with missing values, {dataSet.Report.RowsDead} in which nothing changes or all is zero).",
                "Check that the columns are the right ones and hold numbers of a sensor that moves.");
        }

        var seen = new bool[dataSet.Classes.Count];
        foreach (Recording recording in dataSet.Recordings)
        {
            foreach (Run run in recording.Runs)
            {
                foreach (short label in recording.Labels.AsSpan(run.Start, run.Length))
                {
                    if (label >= 0)
                    {
                        seen[label] = true;
                    }
                }
            }
        }

        string[] empty = [.. dataSet.DefaultClasses.Where(name => !seen[dataSet.Classes.ToList().IndexOf(name)])];
        if (empty.Length > 0)
        {
            throw new InputException(
                $"'{path}' lists the class {empty[0]} but no sample has it.",
                "Add recordings of it, or take the class out of the list (activity_labels.txt).");
        }
    }
}
