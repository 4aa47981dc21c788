namespace HarEdge.Trainer.Teachers;

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
