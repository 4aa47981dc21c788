using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Evaluation;

/// <summary>A way to run a model over a recording: the trainer's arithmetic, generated code, the device twin, a device.</summary>
internal interface IParityLeg
{
    /// <summary>Name in reports, for example "generated code".</summary>
    string Name { get; }

    /// <summary>
    /// An answer for every window, in order of time. Each run of the recording starts afresh; samples between runs are not read.
    /// Recordings may run at the same time on several threads.
    /// </summary>
    IEnumerable<WindowAnswer> Run(Recording recording);
}
