using HarEdge.Core;

namespace HarEdge.Trainer.Datasets;

/// <summary>What the user may say about files that do not say it themselves. Null means: the layout's own rule.</summary>
public sealed record ReaderOptions
{
    /// <summary>Ranges of the sensor the counts are made for; ±4 g and ±500 °/s unless stated.</summary>
    public SensorRange Range { get; init; } = new(SensorScale.DefaultAccelRangeG, SensorScale.DefaultGyroRangeDps);

    /// <summary>Name of the data set in tables; null takes the layout's name or the file's.</summary>
    public string? Name { get; init; }

    /// <summary>Unit of the accelerometer; HAPT: g, smartwatch set: m/s². CSV needs it unless its first line says it.</summary>
    public AccelUnit? AccelUnit { get; init; }

    /// <summary>Unit of the gyroscope; HAPT and smartwatch set: rad/s. CSV needs it unless its first line says it.</summary>
    public GyroUnit? GyroUnit { get; init; }

    /// <summary>Read the accelerometer alone, also of files that have a gyroscope.</summary>
    public bool AccelerometerOnly { get; init; }

    /// <summary>Files that are not read, by name or path within the folder or zip.</summary>
    public IReadOnlyList<string> LeaveOut { get; init; } = [];

    /// <summary>Read values as the units say, even where gravity, turning or clipping speak against them; what speaks against them becomes a warning.</summary>
    public bool AsStated { get; init; }

    /// <summary>Samples per second in the file; HAPT: 50. CSV needs it unless it has timestamps, over which it wins.</summary>
    public double? RateHz { get; init; }

    /// <summary>
    /// CSV columns, for example <c>ax=x_acc,ay=y_acc,az=-z_acc,gx=wx,gy=wy,gz=wz,time=t,label=activity,subject=person,recording=file</c>.
    /// The left side is ours, the right side the header's; a minus turns the sign. What is not named is looked for under its usual names.
    /// </summary>
    public string? Columns { get; init; }

    /// <summary>Unit of the timestamp column; null finds the one that gives a possible rate.</summary>
    public TimeUnit? TimeUnit { get; init; }

    /// <summary>Column separator; null finds comma, semicolon or tab from the header row.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Ranges that counts in the files are of; null takes those of <see cref="Range"/>.</summary>
    public SensorRange? CountsRange { get; init; }

    /// <summary>Where paths name the wearer: <c>folder</c>, <c>folder:1</c> (the outermost), <c>file</c>, or a pattern such as <c>{subject}_{label}</c>.</summary>
    public string? SubjectFrom { get; init; }

    /// <summary>Where paths name the class, in the same way.</summary>
    public string? LabelFrom { get; init; }

    /// <summary>Which sensor of a set with several is read, for example <c>wrist</c>; null takes the set's first.</summary>
    public string? Placement { get; init; }

    /// <summary>A file with a code and its name on each line, for labels that are codes.</summary>
    public string? LabelsFile { get; init; }
}
