using System.Globalization;
using HarEdge.Trainer;
using Spectre.Console;

namespace HarEdge.Cli.Output;

/// <summary>Shows how far a long step has come: bars for a person, lines with times elsewhere. Steps come one after another.</summary>
internal static class ProgressDisplay
{
    /// <summary>Runs work and shows what it reports.</summary>
    public static T Run<T>(Terminal terminal, Func<IProgress<StepProgress>, T> work)
    {
        if (!terminal.ErrorIsTerminal)
        {
            return work(new ProgressLines(terminal.Error, TimeProvider.System));
        }

        return terminal.PrettyError.Progress()
            .AutoClear(true)
            .Columns(
                new SpinnerColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new ElapsedTimeColumn(),
                new RemainingTimeColumn())
            .Start(context => work(new Bars(context)));
    }

    private sealed class Bars(ProgressContext context) : IProgress<StepProgress>
    {
        private readonly Lock gate = new();
        private ProgressTask? task;
        private string? step;

        public void Report(StepProgress value)
        {
            lock (gate)
            {
                if (task is null || step != value.Title || task.IsFinished)
                {
                    Finish();
                    step = value.Title;
                    task = context.AddTask(Markup.Escape(step), maxValue: 1);
                }

                // Until a share is known the bar only moves: a step that stands at 0 % looks dead.
                task.IsIndeterminate = task.Value == 0 && value.Fraction <= 0;
                task.Value = Math.Max(task.Value, Math.Clamp(value.Fraction, 0, 1));
                if (value.Detail is not null)
                {
                    task.Description = Markup.Escape($"{value.Title} ({value.Detail})");
                }
            }
        }

        private void Finish()
        {
            if (task is { IsFinished: false })
            {
                task.IsIndeterminate = false;
                task.Value = 1;
                task.StopTask();
            }
        }
    }
}

/// <summary>One line when a step begins, and while it lasts one every quarter of a minute with its share and the time left.</summary>
internal sealed class ProgressLines(TextWriter writer, TimeProvider time) : IProgress<StepProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    private readonly Lock gate = new();
    private readonly long start = time.GetTimestamp();
    private string? step;
    private long stepStart;
    private long lastLine;

    /// <inheritdoc/>
    public void Report(StepProgress value)
    {
        lock (gate)
        {
            if (step != value.Title)
            {
                step = value.Title;
                stepStart = time.GetTimestamp();
                Write($"{value.Title} …");
            }
            else if (value.Fraction is > 0 and < 1 && time.GetElapsedTime(lastLine) >= Pause)
            {
                // The time left supposes that the rest goes as fast as what is done.
                var left = time.GetElapsedTime(stepStart) * ((1 - value.Fraction) / value.Fraction);
                var detail = value.Detail is null ? "" : $" ({value.Detail})";
                Write(string.Create(CultureInfo.InvariantCulture, $"{value.Title}, {100 * value.Fraction:0} %, about {Clock(left)} left{detail}"));
            }
        }
    }

    private void Write(string line)
    {
        lastLine = time.GetTimestamp();
        writer.WriteLine($"[{Clock(time.GetElapsedTime(start))}] {line}");
    }

    private static string Clock(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes}:{span.Seconds:00}");
}
