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
        RecordingDescription? description = FirstLine.Read(source, entry);
        layout = description is null ? layout : layout.With(description);
        FileUnits units = layout.UnitsOf(fileName);
        using var hashing = new HashingStream(source.Open(entry));
        try
        {
            if (description is not null)
            {
                FirstLine.Skip(hashing);
                tally.NotePlacement(description.Placement);
            }

            using var text = new CsvText(hashing, fileName, layout.Delimiter, description is null ? 1 : 2);
            var columns = new CsvColumns(text.Header, layout.Columns, fileName);
            List<SignalRows> parts = ReadParts(text, columns, layout, entry, fileName);
            files.Add(new SourceFile(entry.Name, hashing.Finish()));
            if (parts.Count == 0)
            {
                tally.Warn($"'{fileName}' has a header and no rows.");
            }

            string stem = Path.ChangeExtension(entry.Name, null);
            return
            [
                .. parts.Select(part => SignalBuilder.Build(
                    part,
                    parts.Count == 1 ? stem : $"{stem}:{part.FirstLine}",
                    new RecordingOrigin { FileName = fileName, FirstLine = part.FirstLine },
                    units,
                    new ClockStatement(columns.Time.Exists, layout.RateHz, layout.TimeUnit),
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

    private static List<SignalRows> ReadParts(CsvText text, CsvColumns columns, CsvLayout layout, SourceEntry entry, string fileName)
    {
        string defaultSubject = layout.SubjectOf(entry);
        short defaultLabel = layout.LabelOf?.Invoke(entry) is { } label ? Label(label, layout.Classes, fileName, 1) : RawSignal.Unlabeled;
        List<SignalRows> parts = [];
        SignalRows? part = null;
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
                part = new SignalRows(subject, recording, text.Line);
                parts.Add(part);
            }

            for (int channel = 0; channel < columns.Channels.Length; channel++)
            {
                part.Values[channel].Add(text.Value(columns.Channels[channel]));
            }

            part.Times.Add(columns.Time.Exists ? CsvTime.Parse(text, columns.Time) : double.NaN);
            part.Labels.Add(columns.Label.Exists ? Label(text.Text(columns.Label), layout.Classes, fileName, text.Line) : defaultLabel);
        }

        return parts;
    }

    private static short Label(string label, ClassList classes, string fileName, long line) =>
        classes.TryIndex(label, out short index)
            ? index
            : throw new InputException(
                $"'{fileName}' line {line}: '{label}' is none of the known classes {string.Join(", ", classes.Names)}.",
                "Correct the label, or leave the field empty where there is none.");
}
