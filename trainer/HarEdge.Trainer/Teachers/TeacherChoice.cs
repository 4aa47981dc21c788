using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;

namespace HarEdge.Trainer.Teachers;

/// <summary>Which teacher to train.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Onnx">The file of an <see cref="TeacherKind.Onnx"/> teacher, else null.</param>
public sealed record TeacherChoice(TeacherKind Kind, OnnxOptions? Onnx = null)
{
    /// <summary>The default.</summary>
    public static TeacherChoice Auto { get; } = new(TeacherKind.Auto);

    /// <summary>The teacher for windows of a layout.</summary>
    /// <param name="layout">Features of the columns.</param>
    /// <param name="range">Ranges of the counts.</param>
    internal Teacher Make(FeatureLayout layout, SensorRange range)
    {
        var transforms = FeatureTransforms.Of(layout);
        return Kind switch
        {
            TeacherKind.LightGbm => new LightGbmTeacher(),
            TeacherKind.Linear => new LinearTeacher(transforms, LinearTeacher.Little),
            TeacherKind.Forest => new ForestTeacher(),
            TeacherKind.Logistic => new LogisticTeacher(transforms),
            TeacherKind.Rocket => new RocketTeacher(),
            TeacherKind.Fourier => new FourierTeacher(transforms),
            TeacherKind.Onnx => new OnnxTeacher(Onnx ?? throw new InvalidOperationException("An ONNX teacher needs its file."), range),
            _ => new BlendedTeacher(BlendMembers(transforms)),
        };
    }

    /// <summary>The members of the blend: all of those tried that made it better in cross-validation over HAPT's training people and cost little.</summary>
    internal static IReadOnlyList<Teacher> BlendMembers(IReadOnlyList<InputTransform> transforms) =>
    [
        new LinearTeacher(transforms, LinearTeacher.Little),
        new LinearTeacher(transforms, LinearTeacher.Much),
        new LightGbmTeacher(),
    ];
}

/// <summary>The teachers there are.</summary>
public enum TeacherKind
{
    /// <summary>A weighted blend of those that pay, weighed by grouped cross-validation.</summary>
    Auto,

    /// <summary>Gradient boosting.</summary>
    LightGbm,

    /// <summary>A linear discriminant.</summary>
    Linear,

    /// <summary>A random forest.</summary>
    Forest,

    /// <summary>Logistic regression.</summary>
    Logistic,

    /// <summary>Random convolutions over raw windows.</summary>
    Rocket,

    /// <summary>A kernel machine by random Fourier features.</summary>
    Fourier,

    /// <summary>A finished model from an ONNX file.</summary>
    Onnx,
}
