using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Learning.Learners;
using HarEdge.Trainer.Teachers;

namespace HarEdge.Trainer.Tables;

/// <summary>A classifier of table rows or sequences: one learner or a blend of several, with all that is needed to read another table as the one it learned from.</summary>
internal sealed class TableModel : IDisposable
{
    /// <summary>Name of the file in a run folder.</summary>
    public const string FileName = RunFolder.TableModelFileName;

    private const string Format = "haredge table model";
    private const int Version = 1;

    private readonly IReadOnlyList<TableMember> members;

    /// <param name="header">What is known of the table and the classes.</param>
    /// <param name="members">The learners and how much each counts.</param>
    public TableModel(TableModelHeader header, IReadOnlyList<TableMember> members)
    {
        this.members = members;
        Header = header;
        Id = IdOf(header, Bytes());
    }

    /// <summary>What is known of the table and the classes.</summary>
    public TableModelHeader Header { get; }

    /// <summary>Twelve hexadecimal digits of the content's SHA-256.</summary>
    public string Id { get; }

    /// <summary>The learners.</summary>
    public IReadOnlyList<TableMember> Members => members;

    /// <summary>Scores of rows: logarithms of probabilities up to a constant a row.</summary>
    /// <param name="columns">The header's features in their order × rows, NaN where missing.</param>
    public ClassScores Score(float[][] columns) => BlendFactors.Blend([.. members.Select(member => member.Learner.Score(columns))], [.. members.Select(member => member.Factor)]);

    /// <summary>The model as text: the same model gives the same bytes.</summary>
    public string ToText()
    {
        var bytes = Bytes();
        return ReportJson.Format(new TableModelFile(
            Format, Version, Id, Header, [.. members.Select((member, i) => new TableMemberFile(member.Learner.Kind, member.Factor, Convert.ToBase64String(bytes[i])))]));
    }

    /// <summary>Reads a model's file, or that of a run folder.</summary>
    /// <exception cref="InputException">There is none, or it is damaged, edited, or of another version.</exception>
    public static TableModel Read(string path)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, FileName) : path;
        if (!File.Exists(file))
        {
            throw new InputException(
                $"'{path}' holds no model of a table ({FileName}).", "Give the folder that haredge train --data TABLE --label COLUMN --out FOLDER wrote.", 2);
        }

        try
        {
            var text = ReportJson.Parse<TableModelFile>(File.ReadAllText(file, Encoding.UTF8));
            if (text.Format != Format || text.Version != Version)
            {
                throw new InputException(
                    $"'{file}' is version {text.Version} of '{text.Format}', this program reads version {Version} of '{Format}'.", "Train the model again, or use the program that wrote it.");
            }

            var model = new TableModel(text.Header, [.. text.Members.Select(Member)]);
            return model.Id == text.Id ? model : throw new InputException($"'{file}' was changed after it was written.", "Get the file again, or train the model again.");
        }
        catch (Exception e) when (e is JsonException or FormatException or EndOfStreamException or InvalidDataException or IOException or NullReferenceException or ArgumentException or OverflowException)
        {
            throw new InputException($"'{file}' is damaged: {JsonFault.Words(e)}.", "Get the file again, or train the model again.", inner: e);
        }
    }

    /// <summary>Whether a path is a table's model.</summary>
    public static bool IsAt(string? path) => path is not null && (File.Exists(Path.Combine(path, FileName)) || (File.Exists(path) && Path.GetFileName(path) == FileName));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var member in members)
        {
            member.Learner.Dispose();
        }
    }

    private static TableMember Member(TableMemberFile file)
    {
        using var reader = new BinaryReader(new MemoryStream(Convert.FromBase64String(file.Data)), Encoding.UTF8);
        return new TableMember(TrainedLearner.Read(file.Kind, reader), file.Factor);
    }

    private byte[][] Bytes() => [.. members.Select(member =>
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            member.Learner.Write(writer);
        }

        return stream.ToArray();
    })];

    private string IdOf(TableModelHeader header, byte[][] bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(ReportJson.Format(header)));
        for (var i = 0; i < bytes.Length; i++)
        {
            hash.AppendData(BitConverter.GetBytes(members[i].Factor));
            hash.AppendData(bytes[i]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }
}

/// <summary>A learner of a blend and the factor on its scores.</summary>
internal sealed record TableMember(TrainedLearner Learner, double Factor);

/// <summary>What a model knows of its table.</summary>
internal sealed record TableModelHeader
{
    /// <summary>What the layout of a sample asks for, of a model of recordings: classes, and examples that it was right on.</summary>
    public static TableModelHeader OfRecordings(IReadOnlyList<string> classes, int windows) => new()
    {
        Columns = [],
        Features = [],
        Classes = classes,
        ClassNames = classes,
        Roles = new TableRoles("label", Id: "recording"),
        Missing = MissingTreatment.Model,
        Categorical = [],
        MissingMarks = [],
        Sentinels = [],
        Command = "",
        Rows = windows,
        People = 0,
        Accuracy = 0,
        IsOfNewPeople = false,
    };

    /// <summary>Columns of the file that are read, as unique names.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The features in the learners' order; those of sequences are made of <see cref="Columns"/>, otherwise the same.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>Classes as the file writes them.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Classes for people.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Which columns have which role.</summary>
    public required TableRoles Roles { get; init; }

    /// <summary>What to do with missing values.</summary>
    public required MissingTreatment Missing { get; init; }

    /// <summary>Columns of text that are encoded.</summary>
    public required IReadOnlyList<string> Categorical { get; init; }

    /// <summary>Texts that mean a missing value besides the usual ones.</summary>
    public required IReadOnlyList<string> MissingMarks { get; init; }

    /// <summary>Numbers that mean a missing value.</summary>
    public required IReadOnlyList<double> Sentinels { get; init; }

    /// <summary>The command that trained it.</summary>
    public required string Command { get; init; }

    /// <summary>Examples learned from.</summary>
    public required int Rows { get; init; }

    /// <summary>People learned from; 0 where not known.</summary>
    public required int People { get; init; }

    /// <summary>Accuracy on rows that it, or its like without them, did not learn from.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Whether that accuracy is of people never learned from.</summary>
    public required bool IsOfNewPeople { get; init; }
}

/// <summary>The file.</summary>
internal sealed record TableModelFile(string Format, int Version, string Id, TableModelHeader Header, IReadOnlyList<TableMemberFile> Members);

/// <summary>A learner in the file.</summary>
internal sealed record TableMemberFile(TableLearnerKind Kind, double Factor, string Data);
