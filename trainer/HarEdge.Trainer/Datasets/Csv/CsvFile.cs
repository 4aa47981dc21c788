using HarEdge.Trainer.Datasets.Signals;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>One CSV file to its recordings: one, or as many as its subject and recording columns change.</summary>
internal static class CsvFile
{
    /// <summary>Reads the file once from start to end, hashing it on the way.</summary>
    /// <exception cref="InputException">A line cannot be used; the message names it.</exception>
    public static List<RawSignal> Read(SourceTree source, SourceEntry entry, CsvLayout layout, List<SourceFile> files, ImportTally tally)
    {
        string fileName = source.Describe(entry);
        using var hashing = new HashingStream(source.Open(entry));
        try
        {
            using var text = new CsvText(hashing, fileName, layout.Delimiter);
            var columns = new CsvColumns(text.Header, layout.Columns, fileName);
            List<CsvRows> parts = ReadParts(text, columns, layout, layout.SubjectOf(entry), fileName);
            files.Add(new SourceFile(entry.Name, hashing.Finish()));
            if (parts.Count == 0)
            {
                tally.Warn($"'{fileName}' has a header and no rows.");
            }

            string stem = Path.ChangeExtension(entry.Name, null);
            return
            [
                .. parts.Select(part => CsvSignal.Build(
                    part,
                    parts.Count == 1 ? stem : $"{stem}:{part.FirstLine}",
                    columns.Time.Exists,
                    layout,
                    fileName,
                    tally)),
            ];
        }
        catch (InvalidDataException e)
        {
            throw new InputException(
                $"'{fileName}' is damaged or cut short.",
                "Download or copy the file again, and compare its size with the original.",
                1,
                e);
        }
    }

    private static List<CsvRows> ReadParts(CsvText text, CsvColumns columns, CsvLayout layout, string defaultSubject, string fileName)
    {
        List<CsvRows> parts = [];
        CsvRows? part = null;
        while (text.Read())
        {
            string subject = columns.Subject.Exists ? text.Text(columns.Subject) : defaultSubject;
            string? recording = columns.Recording.Exists ? text.Text(columns.Recording) : null;
            if (subject.Length == 0)
            {
                throw new InputException(
                    $"'{fileName}' line {text.Line} has no subject.",
                    "Fill the column: a sample without a wearer cannot be put on either side of a split.");
            }

            if (part is null || part.Subject != subject || part.Recording != recording)
            {
                part = new CsvRows(subject, recording, text.Line);
                parts.Add(part);
            }

            for (int channel = 0; channel < columns.Channels.Length; channel++)
            {
                part.Values[channel].Add(text.Value(columns.Channels[channel]));
            }

            part.Times.Add(columns.Time.Exists ? CsvTime.Parse(text, columns.Time) : double.NaN);
            part.Labels.Add(columns.Label.Exists ? Label(text, columns.Label, layout.Classes, fileName) : RawSignal.Unlabeled);
        }

        return parts;
    }

    private static short Label(CsvText text, CsvColumn column, ClassList classes, string fileName)
    {
        string label = text.Text(column);
        return classes.TryIndex(label, out short index)
            ? index
            : throw new InputException(
                $"'{fileName}' line {text.Line}: '{label}' is none of the known classes {string.Join(", ", classes.Names)}.",
                "Correct the label, or leave the field empty where there is none.");
    }
}
