using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Datasets.Synthetic;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Teachers;
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
    /// <param name="progress">Told the share of people done.</param>
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
        var done = Enumerable.Range(0, wanted.Count).Count(IsDone);
        Parallel.For(0, wanted.Count, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, index =>
        {
            if (IsDone(index))
            {
                return;
            }

            progress?.Report(new StepProgress("People left out", (double)done / wanted.Count, wanted[index]));
            var missing = Enumerable.Range(0, variants.Count).Where(variant => results[variant][index] is null).ToList();
            var held = HoldOut([.. missing.Select(variant => variants[variant].Options with { TestSubjects = [wanted[index]] })], wanted[index], hashes, cancellation);
            foreach (var (variant, result) in missing.Zip(held))
            {
                results[variant][index] = result;
                files[variant].Write(result);
            }

            progress?.Report(new StepProgress("People left out", (double)Interlocked.Increment(ref done) / wanted.Count, wanted[index]));
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
        IReadOnlyList<TrainingOptions> variants, string person, IReadOnlyList<string> hashes, CancellationToken cancellation) =>
        [.. variants.Zip(TrainingRun.ExecuteAll(variants, null, cancellation), (options, result) => new HeldOutPerson
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
