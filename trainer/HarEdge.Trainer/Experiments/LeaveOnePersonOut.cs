using System.Globalization;
using System.Text.Json;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.Training;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Experiments;

/// <summary>
/// Trains once for each person, on everybody else and with every choice made anew, and judges the person. Each result is a file that
/// appears whole: what was done stays done when the run is stopped.
/// </summary>
internal static class LeaveOnePersonOut
{
    /// <summary>Runs what is not done yet.</summary>
    /// <param name="variants">
    /// Options as for a training, and where the run files of each are; whom to test is decided here. Of a person several variants share windows and
    /// teacher; see <see cref="TrainingRun.ExecuteAll"/>.
    /// </param>
    /// <param name="people">People to hold out, as "data set/subject"; null for all.</param>
    /// <param name="jobs">Trainings at the same time.</param>
    /// <param name="progress">Receives the share of people done.</param>
    /// <param name="cancellation">Stops all trainings; finished people stay.</param>
    /// <returns>For each variant everybody, by name.</returns>
    /// <exception cref="InputException">There is only one person, or a run file is of another command or other data.</exception>
    public static IReadOnlyList<IReadOnlyList<HeldOutPerson>> Run(
        IReadOnlyList<(TrainingOptions Options, string Folder)> variants,
        IReadOnlyList<string>? people,
        int jobs,
        IProgress<StepProgress>? progress,
        CancellationToken cancellation)
    {
        var options = variants[0].Options;
        var everybody = PeopleOf(options);
        var wanted = everybody.Where(person => people is null || people.Any(name => person == name || person.EndsWith("/" + name, StringComparison.Ordinal))).ToList();
        if (everybody.Count < 2 || wanted.Count == 0)
        {
            throw new InputException(
                everybody.Count < 2 ? "All recordings are of one person, so nobody can be left out." : "None of the people asked for is in the data.",
                everybody.Count < 2 ? "Give recordings of several people, or judge one person's by haredge train --personal." : $"Choose from {string.Join(", ", everybody)}.",
                2);
        }

        var hashes = options.Data.Select(set => DataManifest.Of(set).ContentSha256).ToList();
        var files = variants.Select(variant => new PersonFiles(variant.Folder, variant.Options.Command, hashes)).ToList();
        var results = files.Select(folder => wanted.Select(folder.Find).ToArray()).ToList();
        bool IsDone(int person) => results.All(variant => variant[person] is not null);
        var shares = new PeopleLeftOut(progress, wanted.Count, Enumerable.Range(0, wanted.Count).Count(IsDone));
        Parallel.For(0, wanted.Count, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, index =>
        {
            if (IsDone(index))
            {
                return;
            }

            var training = shares.Begin(wanted[index]);
            var missing = Enumerable.Range(0, variants.Count).Where(variant => results[variant][index] is null).ToList();
            var held = HoldOut([.. missing.Select(variant => variants[variant].Options with { TestSubjects = [wanted[index]] })], wanted[index], hashes, training, cancellation);
            foreach (var (variant, result) in missing.Zip(held))
            {
                results[variant][index] = result;
                files[variant].Write(result);
            }

            shares.End(wanted[index], held[0].Student);
        });
        return [.. results.Select(variant => variant.Select(result => result!).ToList())];
    }

    private static List<string> PeopleOf(TrainingOptions options)
    {
        var classes = ClassUnion.Choose(options.Data, options.Classes);
        return
        [
            .. options.Data.SelectMany(set => ClassUnion.Relabel(set, classes))
                .Where(recording => recording.Labels.Any(label => label >= 0))
                .Select(WindowExtractor.SubjectKey).Distinct().Order(StringComparer.Ordinal),
        ];
    }

    private static List<HeldOutPerson> HoldOut(
        IReadOnlyList<TrainingOptions> variants, string person, IReadOnlyList<string> hashes, IProgress<StepProgress> progress, CancellationToken cancellation) =>
        [.. variants.Zip(TrainingRun.ExecuteAll(variants, progress, cancellation), (options, result) => new HeldOutPerson
        {
            Person = person,
            Command = options.Command,
            DataSha256 = hashes,
            ModelId = result.Model.Id,
            StudentKind = result.StudentKind,
            Classes = result.Student.Classes,
            Confusion = result.Student.Confusion,
            Teacher = result.Teacher.PerSubject[person],
            TeacherInContext = result.TeacherInContext?.PerSubject[person],
            Decisions = new SubjectScore(result.Trial.Filter.Decided.Windows, result.Trial.Filter.Decided.Right),
            WearCalibrated = WearCalibrated(options, person, result, cancellation),
            Unknowns = new SubjectScore(result.Trial.Unknown.Mostly.Windows, result.Trial.Unknown.Mostly.Rejected),
        })];

    private static SubjectScore? WearCalibrated(TrainingOptions options, string person, TrainingResult result, CancellationToken cancellation)
    {
        var classes = result.Model.Classes;
        var sets = options.Data.Select(set => set with
        {
            Classes = classes,
            Recordings = [.. ClassUnion.Relabel(set, classes).Where(recording => WindowExtractor.SubjectKey(recording) == person)],
        }).Where(set => set.Recordings.Count > 0).ToList();
        if (result.Model.NominalGravity is not { } nominal || sets.Any(set => WearCalibration.Apply(set.Recordings, classes, nominal, set.Range).AsWorn.Count > 0))
        {
            return null;
        }

        var turned = sets.Select(set => set with { Recordings = WearCalibration.Apply(set.Recordings, classes, nominal, set.Range).All }).ToList();
        return ModelTrial.Of(result.Model, turned, result.LeastLabelShare, null, cancellation).Windows.PerSubject[person];
    }
}

/// <summary>How far people are who are left out, several of them at a time: each training counts with the share of it that is done.</summary>
/// <param name="listener">Receives the share of all people.</param>
/// <param name="people">All of them.</param>
/// <param name="before">Those that were done by an earlier start.</param>
internal sealed class PeopleLeftOut(IProgress<StepProgress>? listener, int people, int before)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, double> shares = [];
    private int windows;
    private int right;

    /// <summary>Whom a person's training reports to.</summary>
    public IProgress<StepProgress> Begin(string person)
    {
        Report(person, 0, "");
        return new JobProgress(new Training(this, person), new StepProgress("", 0), 1);
    }

    /// <summary>A person is done.</summary>
    public void End(string person, SubjectScore score)
    {
        lock (gate)
        {
            windows += score.Windows;
            right += score.Right;
        }

        Report(person, 1, "done");
    }

    private void Report(string person, double share, string what)
    {
        lock (gate)
        {
            shares[person] = share;
            var sofar = windows == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {100.0 * right / windows:0.0} % right so far");
            listener?.Report(new StepProgress(
                "people left out",
                (before + shares.Values.Sum()) / people,
                string.Create(CultureInfo.InvariantCulture, $"{before + shares.Values.Count(done => done == 1)} of {people} done{sofar}; {person}{(what.Length > 0 ? ": " : "")}{what}")));
        }
    }

    private sealed class Training(PeopleLeftOut all, string person) : IProgress<StepProgress>
    {
        // Only the end makes it whole.
        public void Report(StepProgress value) => all.Report(person, Math.Min(value.Fraction, 0.99), value.Detail ?? "");
    }
}

/// <summary>
/// One person judged by a model that learned from everybody else: a run file of leave-one-person-out. Counts, so that any figure can be
/// made of them later.
/// </summary>
internal sealed record HeldOutPerson
{
    /// <summary>The person, as "data set/subject".</summary>
    public required string Person { get; init; }

    /// <summary>The command that makes the run again; files of another one are not used.</summary>
    public required string Command { get; init; }

    /// <summary>SHA-256 of the recordings as read, one a data set.</summary>
    public required IReadOnlyList<string> DataSha256 { get; init; }

    /// <summary>Content hash of the model.</summary>
    public required string ModelId { get; init; }

    /// <summary>Form of the student.</summary>
    public required string StudentKind { get; init; }

    /// <summary>Class names, in the order of the confusion matrix.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The person's windows by themselves: rows labels, columns predictions.</summary>
    public required int[][] Confusion { get; init; }

    /// <summary>The teacher on the same windows.</summary>
    public required SubjectScore Teacher { get; init; }

    /// <summary>The teacher when it uses the windows before and after; null when it is better off without.</summary>
    public SubjectScore? TeacherInContext { get; init; }

    /// <summary>Decisions after unknown rule and filter; unknown counts as wrong.</summary>
    public required SubjectScore Decisions { get; init; }

    /// <summary>Windows by themselves after three seconds of standing still; null when the person never stood still.</summary>
    public required SubjectScore? WearCalibrated { get; init; }

    /// <summary>Windows mostly in another activity, and how many of them the unknown rule rejected.</summary>
    public required SubjectScore Unknowns { get; init; }

    /// <summary>The person's windows.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public SubjectScore Student => new(Confusion.Sum(row => row.Sum()), Enumerable.Range(0, Classes.Count).Sum(c => Confusion[c][c]));
}

/// <summary>The run files of leave-one-person-out: one a person, written whole, used again only for the same command and data.</summary>
/// <param name="folder">Where they are.</param>
/// <param name="command">The command they must be of.</param>
/// <param name="dataSha256">The data they must be of.</param>
internal sealed class PersonFiles(string folder, string command, IReadOnlyList<string> dataSha256)
{
    /// <summary>A person's result, or null when there is none yet.</summary>
    /// <exception cref="InputException">The file is not of this run.</exception>
    public HeldOutPerson? Find(string person)
    {
        var path = Path.Combine(folder, NameOf(person));
        if (!File.Exists(path))
        {
            return null;
        }

        HeldOutPerson found;
        try
        {
            found = ReportJson.Parse<HeldOutPerson>(File.ReadAllText(path));
        }
        catch (JsonException e)
        {
            throw new InputException($"'{path}' is no run file: {JsonFault.Words(e)}.", "Delete it, or give another folder with --out.", inner: e);
        }

        return found.Command == command && found.DataSha256.SequenceEqual(dataSha256)
            ? found
            : throw new InputException(
                $"'{path}' is of other data or of another command: {found.Command}.", "Give another folder with --out, or delete the old one.", 2);
    }

    /// <summary>Writes a person's result.</summary>
    public void Write(HeldOutPerson result) =>
        WholeFiles.Write(folder, new Dictionary<string, string> { [NameOf(result.Person)] = ReportJson.Format(result) });

    private static string NameOf(string person) => string.Concat(person.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')) + ".json";
}
