using System.Text.RegularExpressions;
using HarEdge.Core;
using HarEdge.Trainer.Datasets.Signals;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.PublicSets;

/// <summary>
/// The layout of HAPT ("Smartphone-Based Recognition of Human Activities and Postural Transitions", UCI archive, data set 341):
/// a folder with <c>acc_expNN_userNN.txt</c>, <c>gyro_expNN_userNN.txt</c> and <c>labels.txt</c>, anywhere in a zip or folder.
/// Values are in g and rad/s at 50 Hz unless the options say otherwise.
/// </summary>
internal static class HaptReader
{
    public static readonly PublicSet Set = new()
    {
        Name = "hapt",
        Title = "HAPT 2.1",
        Contents = "30 people; waist; six activities and six transitions; 50 Hz",
        Citation = "Reyes-Ortiz, Oneto, Samà, Parra, Anguita: Transition-Aware Human Activity Recognition Using Smartphones, "
            + "Neurocomputing 2016, doi 10.1016/j.neucom.2015.07.085; UCI Machine Learning Repository, data set 341",
        Terms = "no commercial use",
        Page = new Uri("https://archive.ics.uci.edu/dataset/341/smartphone+based+recognition+of+human+activities+and+postural+transitions"),
        Download = new Uri("https://archive.ics.uci.edu/static/public/341/smartphone+based+recognition+of+human+activities+and+postural+transitions.zip"),
        Sha256ByFileName = KnownHaptFiles.Sha256ByFileName,
        Fits = source => source.Entries.Any(HaptExperiment.IsSensorFile),
        Read = Read,
    };

    /// <summary>The nine people of HAPT's own test split.</summary>
    private static readonly string[] BuiltInTestSubjects = ["02", "04", "09", "10", "12", "13", "18", "20", "24"];

    /// <summary>Reads a zip or an unpacked folder.</summary>
    /// <exception cref="InputException">Something in it cannot be used; the message names the file and line.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between two experiments.</exception>
    internal static DataSet Read(SourceTree source, ReaderOptions options, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var folder = SignalFolder(source);
        var experiments = HaptExperiment.Find(source, folder);
        List<SourceFile> files = [];
        var tally = new ImportTally();
        var activities = HaptActivities.From(source, files);
        var labels = ReadLabels(source, folder, activities, files);
        IReadOnlyList<string>? testSubjects = ReadTestSubjects(source, files);
        var units = new FileUnits(options.AccelUnit ?? AccelUnit.G, options.GyroUnit ?? GyroUnit.RadiansPerSecond, options.CountsRange ?? options.Range);
        var assembler = new RecordingAssembler(options.Range, tally, options.AsStated);
        List<Recording> recordings = [];
        foreach (var experiment in experiments)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new StepProgress("Reading recordings", recordings.Count / (double)experiments.Count, experiment.Name));
            var signal = ReadSignal(source, experiment, labels, units, options.RateHz ?? SensorScale.SampleRateHz, files, tally);
            recordings.Add(assembler.Assemble(signal));
        }

        assembler.Finish(recordings);
        var elsewhere = source.Entries.Count(entry => HaptExperiment.IsSensorFile(entry) && entry.Folder != folder);
        if (elsewhere > 0)
        {
            tally.Warn($"{elsewhere} sensor files outside '{folder}' were left aside.");
        }

        var strayRows = labels.CountOutside(experiments.Select(experiment => experiment.Number));
        if (strayRows > 0)
        {
            tally.Warn($"{strayRows} rows of labels.txt belong to experiments whose signals are not here.");
        }

        var identity = KnownHaptFiles.Compare(files);
        if (identity.Sentence() is { } sentence)
        {
            tally.Warn(sentence);
        }

        var name = options.Name ?? (identity.IsHapt ? "hapt" : DataSetName.FromPath(source.Path));
        progress?.Report(new StepProgress("Reading recordings", 1));
        testSubjects ??= identity.IsHapt ? BuiltInTestSubjects : [];
        var dataSet = new DataSet
        {
            Name = name,
            Classes = activities.Names,
            DefaultClasses = activities.Default,
            Recordings = [.. recordings.Select(recording => recording with { DataSet = name })],
            Range = options.Range,
            OfficialTestSubjects = [.. testSubjects.Where(subject => recordings.Any(recording => recording.Subject == subject))],
            Files = files,
            Report = tally.ToReport(),
            Attribution = identity.IsHapt ? Set.Attribution : null,
        };
        DataSetCheck.Verify(dataSet, source.Path);
        return dataSet;
    }

    /// <summary>The folder with the most sensor files; another copy elsewhere in the tree is not read twice.</summary>
    private static string SignalFolder(SourceTree source) => source.Entries
        .Where(HaptExperiment.IsSensorFile)
        .GroupBy(entry => entry.Folder)
        .OrderByDescending(group => group.Count())
        .Select(group => group.Key)
        .FirstOrDefault()
        ?? throw new InputException(
            $"'{source.Path}' holds no acc_expNN_userNN.txt.",
            "Give the zip or folder that contains HAPT's RawData.");

    private static HaptLabels ReadLabels(SourceTree source, string folder, HaptActivities activities, List<SourceFile> files)
    {
        SourceEntry entry = source.Entries.FirstOrDefault(entry => entry.Name == folder + "labels.txt");
        if (entry.Name is null)
        {
            throw new InputException(
                $"'{source.Path}' has no '{folder}labels.txt'.",
                "Restore labels.txt from the original archive; without it no sample has a class.");
        }

        var bytes = source.ReadAll(entry, out var sha256);
        files.Add(new SourceFile(entry.Name, sha256));
        return HaptLabels.Read(bytes, source.Describe(entry), activities);
    }

    private static List<string>? ReadTestSubjects(SourceTree source, List<SourceFile> files)
    {
        SourceEntry entry = source.Entries.FirstOrDefault(entry => entry.FileName == "subject_id_test.txt");
        if (entry.Name is null)
        {
            return null;
        }

        var bytes = source.ReadAll(entry, out var sha256);
        files.Add(new SourceFile(entry.Name, sha256));
        var text = new NumberText(bytes, source.Describe(entry));
        var subjects = new SortedSet<int>();
        while (text.TryReadLine(out var line))
        {
            subjects.Add(text.ParseInteger(line));
        }

        return [.. subjects.Select(subject => $"{subject:00}")];
    }

    private static RawSignal ReadSignal(
        SourceTree source,
        HaptExperiment experiment,
        HaptLabels labels,
        FileUnits units,
        double rateHz,
        List<SourceFile> files,
        ImportTally tally)
    {
        double[][] ReadSensor(SourceEntry entry, double factor)
        {
            var bytes = source.ReadAll(entry, out var sha256);
            files.Add(new SourceFile(entry.Name, sha256));
            return HaptSignalFile.Read(bytes, source.Describe(entry), factor);
        }

        var accel = ReadSensor(experiment.Accel, units.ToG);
        var gyro = ReadSensor(experiment.Gyro, units.ToDps);
        var values = HaptSignalFile.Join(accel, gyro);
        var rows = values[0].Length;
        if (accel[0].Length != gyro[0].Length)
        {
            tally.Warn($"{experiment.Name}: the accelerometer has {accel[0].Length} rows and the gyroscope {gyro[0].Length}; "
                + "the surplus is in no run.");
        }

        tally.RowsRead += rows;
        tally.RowsIncomplete += Enumerable.Range(0, rows).Count(row => values.Any(channel => double.IsNaN(channel[row])));
        return new RawSignal
        {
            Name = experiment.Name,
            Subject = experiment.Subject,
            RateHz = rateHz,
            Values = values,
            Labels = labels.Lay(experiment, rows, tally),
            Units = units,
            Origin = new RecordingOrigin { FileName = source.Describe(experiment.Accel), Rows = rows, RateHz = rateHz },
        };
    }
}

/// <summary>The two files of one experiment.</summary>
internal sealed partial record HaptExperiment(int Number, int User, SourceEntry Accel, SourceEntry Gyro)
{
    /// <summary>Two digits, as in the file names.</summary>
    public string Subject => $"{User:00}";

    public string Name => $"exp{Number:00}_user{User:00}";

    /// <summary>Whether a file name is that of an accelerometer or gyroscope file of this layout.</summary>
    public static bool IsSensorFile(SourceEntry entry) => SensorFile().IsMatch(entry.FileName);

    /// <summary>All experiments of a folder, by number and user.</summary>
    /// <exception cref="InputException">A file of a pair is missing.</exception>
    public static List<HaptExperiment> Find(SourceTree source, string folder)
    {
        var found = new SortedDictionary<(int Number, int User), (SourceEntry? Accel, SourceEntry? Gyro)>();
        foreach (var entry in source.Entries.Where(entry => entry.Folder == folder))
        {
            var match = SensorFile().Match(entry.FileName);
            if (!match.Success)
            {
                continue;
            }

            var number = int.Parse(match.Groups["experiment"].ValueSpan);
            var user = int.Parse(match.Groups["user"].ValueSpan);
            (var accel, var gyro) = found.GetValueOrDefault((number, user));
            found[(number, user)] = match.Groups["sensor"].ValueSpan is "acc" ? (entry, gyro) : (accel, entry);
        }

        return [.. found.Select(pair => Pair(source, folder, pair.Key.Number, pair.Key.User, pair.Value.Accel, pair.Value.Gyro))];
    }

    private static HaptExperiment Pair(SourceTree source, string folder, int number, int user, SourceEntry? accel, SourceEntry? gyro)
    {
        if (accel is { } a && gyro is { } g)
        {
            return new HaptExperiment(number, user, a, g);
        }

        var present = accel ?? gyro!.Value;
        var missing = accel is null
            ? present.FileName.Replace("gyro_", "acc_", StringComparison.Ordinal)
            : present.FileName.Replace("acc_", "gyro_", StringComparison.Ordinal);
        throw new InputException(
            $"'{source.Path}' has '{folder}{present.FileName}' but not '{folder}{missing}'.",
            $"Restore {missing} from the original archive, or remove {present.FileName} to leave the experiment out.");
    }

    [GeneratedRegex(@"^(?<sensor>acc|gyro)_exp(?<experiment>\d{1,6})_user(?<user>\d{1,6})\.txt$", RegexOptions.CultureInvariant)]
    private static partial Regex SensorFile();
}
