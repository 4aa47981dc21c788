using HarEdge.Trainer;
using Spectre.Console;

namespace HarEdge.Cli.Output;

/// <summary>Shows how far a long step has come: bars for a person, one line a step elsewhere.</summary>
internal static class ProgressDisplay
{
    /// <summary>Runs work and shows what it reports.</summary>
    public static T Run<T>(Terminal terminal, Func<IProgress<StepProgress>, T> work)
    {
        if (!terminal.ErrorIsTerminal)
        {
            return work(new Lines(terminal.Error));
        }

        return terminal.PrettyError.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn())
            .Start(context => work(new Bars(context)));
    }

    private sealed class Lines(TextWriter writer) : IProgress<StepProgress>
    {
        private readonly Lock gate = new();
        private readonly HashSet<string> seen = new(StringComparer.Ordinal);

        public void Report(StepProgress value)
        {
            lock (gate)
            {
                if (seen.Add(value.Step))
                {
                    writer.WriteLine(value.Step + " …");
                }
            }
        }
    }

    private sealed class Bars(ProgressContext context) : IProgress<StepProgress>
    {
        private readonly Lock gate = new();
        private readonly Dictionary<string, ProgressTask> tasks = new(StringComparer.Ordinal);

        public void Report(StepProgress value)
        {
            lock (gate)
            {
                if (!tasks.TryGetValue(value.Step, out var task))
                {
                    task = context.AddTask(Markup.Escape(value.Step), maxValue: 1);
                    tasks.Add(value.Step, task);
                }

                task.Value = Math.Max(task.Value, Math.Clamp(value.Fraction, 0, 1));
                if (value.Detail is not null)
                {
                    task.Description = Markup.Escape($"{value.Step} ({value.Detail})");
                }
            }
        }
    }
}
