using System.Globalization;
using System.Text;
using System.Xml.Linq;
using HarEdge.Core;
using HarEdge.Trainer.Evaluation;

namespace HarEdge.Trainer.Reports.Page;

/// <summary>
/// Time from left to right, a lane a class: labels as bands, decisions as marks in them, as sleep stages are drawn. Which class is said
/// by the height, whether it is correct by height and color.
/// </summary>
internal static class Hypnogram
{
    // Of the drawing, stretched to the page's width.
    private const double Width = 1000;

    // As high as a line of the names beside it, see .lanes in the style.
    private const int Lane = 13;

    private const double SecondsBetween = 4;

    /// <summary>What band and marks mean.</summary>
    public static XElement Key() => Html.Of(
        "ul",
        "keys",
        Item("truth", "label"),
        Item("right", "decision, as labelled or where there is no label"),
        Item("mistaken", "decision in another class than the label"),
        Item("silent", "unknown: the device keeps silent"));

    /// <summary>A drawing a person, recordings one after the other.</summary>
    public static IEnumerable<XElement> Of(IReadOnlyList<string> classes, IReadOnlyList<AnswerTimeline> timelines, int hopSamples)
    {
        var number = 0;
        foreach (var person in timelines.Where(timeline => timeline.Answers.Count > 0).GroupBy(timeline => timeline.Subject).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            yield return Person($"timeline-{number++}", person.Key, [.. person], classes, hopSamples);
        }
    }

    private static XElement Item(string style, string words) => new("li", Html.Of("span", "key " + style, ""), words);

    private static XElement Person(string id, string name, List<AnswerTimeline> recordings, IReadOnlyList<string> classes, int hopSamples)
    {
        var lanes = new LaneDrawing(classes.Count, recordings, hopSamples);
        var minutes = (lanes.Seconds / 60).ToString("0.0", CultureInfo.InvariantCulture);
        var words = $"{name}: {recordings.Count} recording{(recordings.Count == 1 ? "" : "s")}, {minutes} minutes, a lane for each of {string.Join(", ", classes)} and unknown.";
        return Html.Of(
            "div",
            "person",
            new XElement("h3", name),
            Html.Of(
                "div",
                "lanes",
                new XElement("ol", new XAttribute("aria-hidden", "true"), classes.Select(Item), Item("unknown")),
                new XElement(
                    "svg",
                    new XAttribute("viewBox", $"0 0 {Width:0} {lanes.Height}"),
                    new XAttribute("height", lanes.Height),
                    new XAttribute("preserveAspectRatio", "none"),
                    new XAttribute("role", "img"),
                    new XAttribute("aria-labelledby", $"{id}-title {id}-words"),
                    new XElement("title", new XAttribute("id", id + "-title"), "Labels and decisions of " + name),
                    new XElement("desc", new XAttribute("id", id + "-words"), words),
                    lanes.Paths()),
                Html.Of("div", "clock", new XAttribute("aria-hidden", "true"), Html.Of("span", "tick", "0"), Html.Of("span", "tick", "lines: minutes"), Html.Of("span", "tick", minutes + " min"))));

        static XElement Item(string one) => new("li", one);
    }

    private sealed class LaneDrawing(int classes, List<AnswerTimeline> recordings, int hopSamples)
    {
        private readonly StringBuilder truth = new();
        private readonly StringBuilder right = new();
        private readonly StringBuilder mistaken = new();
        private readonly StringBuilder silent = new();
        private readonly StringBuilder gaps = new();

        public int Height => (classes + 1) * Lane;

        public double Seconds { get; } = recordings.Sum(recording => Length(recording, hopSamples)) + (SecondsBetween * (recordings.Count - 1));

        public IEnumerable<XElement> Paths()
        {
            var offset = 0.0;
            foreach (var recording in recordings)
            {
                Draw(recording, offset);
                offset += Length(recording, hopSamples);
                Box(gaps, offset, offset + SecondsBetween, 0, Height);
                offset += SecondsBetween;
            }

            var grid = new StringBuilder();
            for (var minute = 1; minute * 60 < Seconds; minute++)
            {
                grid.Append(CultureInfo.InvariantCulture, $"M{Html.At(X(minute * 60))} 0V{Height}");
            }

            return new[] { ("gap", gaps), ("grid", grid), ("truth", truth), ("right", right), ("mistaken", mistaken), ("silent", silent) }
                .Where(path => path.Item2.Length > 0)
                .Select(path => new XElement("path", new XAttribute("class", path.Item1), new XAttribute("d", path.Item2.ToString())));
        }

        private void Draw(AnswerTimeline recording, double offset)
        {
            var origin = First(recording, hopSamples);
            double At(int sample) => offset + Math.Max(0, (double)(sample - origin) / SensorScale.SampleRateHz);
            var end = recording.Answers[^1].EndSample;
            foreach (var bout in recording.Truth.Where(bout => bout.Label >= 0 && bout.End > origin && bout.Start < end))
            {
                Box(truth, At(bout.Start), At(Math.Min(end, bout.End)), bout.Label * Lane, Lane);
            }

            // Neighbors of the same decision and the same verdict are one mark.
            var labels = LabelsAt(recording);
            for (var i = 0; i < recording.Answers.Count;)
            {
                var first = i;
                var decision = recording.Answers[i].Decision;
                var kind = Kind(decision, labels[i]);
                do
                {
                    i++;
                }
                while (i < recording.Answers.Count && recording.Answers[i].Decision == decision && Kind(decision, labels[i]) == kind
                    && recording.Answers[i].EndSample - recording.Answers[i - 1].EndSample == hopSamples);

                var lane = decision < 0 ? classes : decision;
                Box(kind, At(recording.Answers[first].EndSample - hopSamples), At(recording.Answers[i - 1].EndSample), (lane * Lane) + 4, Lane - 8);
            }
        }

        private StringBuilder Kind(int decision, int label) => decision < 0 ? silent : label >= 0 && label != decision ? mistaken : right;

        // The label in the middle of the hop that an answer stands for.
        private int[] LabelsAt(AnswerTimeline recording)
        {
            var bout = 0;
            return
            [
                .. recording.Answers.Select(answer =>
                {
                    var middle = answer.EndSample - (hopSamples / 2);
                    while (bout + 1 < recording.Truth.Count && recording.Truth[bout].End <= middle)
                    {
                        bout++;
                    }

                    return (int)recording.Truth[bout].Label;
                }),
            ];
        }

        private void Box(StringBuilder path, double from, double to, double top, double height) => path.Append(
            CultureInfo.InvariantCulture, $"M{Html.At(X(from))} {Html.At(top)}H{Html.At(X(to))}v{Html.At(height)}H{Html.At(X(from))}z");

        private double X(double seconds) => Width * Math.Min(seconds, Seconds) / Seconds;

        private static int First(AnswerTimeline recording, int hopSamples) => recording.Answers[0].EndSample - hopSamples;

        private static double Length(AnswerTimeline recording, int hopSamples) =>
            (double)(recording.Answers[^1].EndSample - First(recording, hopSamples)) / SensorScale.SampleRateHz;
    }
}
