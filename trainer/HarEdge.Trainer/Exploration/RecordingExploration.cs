using System.Globalization;
using System.Xml.Linq;
using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Reports.Page;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Tables;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Exploration;

/// <summary>Recordings as a table of the device's own features, and what only raw signals show.</summary>
internal static class RecordingExploration
{
    private const int SignalSamples = 4 * SensorScale.SampleRateHz;
    private const int SpectrumWindows = 60;
    private const double HighestHz = 12.5;

    /// <summary>Windows at the device's hop, a feature a column; windows without a label of their own stay out.</summary>
    public static FeatureTable TableOf(IReadOnlyList<DataSet> sets, int windowSamples, int hopSamples, IProgress<StepProgress>? progress)
    {
        var classes = ClassUnion.Choose(sets, null);
        List<Recording> recordings = [.. sets.SelectMany(set => ClassUnion.Relabel(set, classes))];
        var extractor = new WindowExtractor(windowSamples, hopSamples);
        var windows = extractor.Extract(recordings, classes, keepUnlabelled: false, progress);
        var official = sets.SelectMany(set => set.OfficialTestSubjects.Select(subject => set.Name + "/" + subject)).ToHashSet();
        return new FeatureTable
        {
            Columns = [.. Enumerable.Range(0, windows.Columns).Select(column => new TableColumn(extractor.Layout[column].Name, extractor.Layout[column].Name))],
            Values = [.. Enumerable.Range(0, windows.Columns).Select(column => Enumerable.Range(0, windows.Rows).Select(row => (float)windows.Row(row)[column]).ToArray())],
            Labels = windows.Labels,
            Classes = classes,
            ClassNames = classes,
            GroupOfRow = windows.SubjectOfRow,
            Groups = windows.Subjects,
            Ids =
            [
                .. Enumerable.Range(0, windows.Rows).Select(row => string.Create(
                    CultureInfo.InvariantCulture, $"{recordings[windows.RecordingOfRow[row]].Name} at {(double)windows.StartSample[row] / SensorScale.SampleRateHz:0.0} s")),
            ],
            IsTest = official.Count == 0 ? null : [.. windows.SubjectOfRow.Select(subject => official.Contains(windows.Subjects[subject]))],
            Lines = [.. Enumerable.Range(1, windows.Rows)],
            Roles = new TableRoles(),
            Account = new TableAccount(),
        };
    }

    /// <summary>How the recordings came in and where gravity points, person by person.</summary>
    public static IReadOnlyList<ReportTable> Tables(IReadOnlyList<DataSet> sets) =>
    [
        .. sets.SelectMany(set => DataTables.Of(DataManifest.Of(set)).Where(table => !table.Title.StartsWith("Files", StringComparison.Ordinal)).Append(Gravity(set))),
    ];

    /// <summary>Signals and spectra of each class.</summary>
    public static IReadOnlyList<PageSection> Sections(IReadOnlyList<DataSet> sets)
    {
        var classes = ClassUnion.Choose(sets, null);
        List<(Recording Recording, SensorRange Range)> all = [.. sets.SelectMany(set => ClassUnion.Relabel(set, classes).Select(recording => (recording, set.Range)))];
        return
        [
            new PageSection(
                "signals",
                "Signals by class",
                Html.Paragraph("Four seconds from the middle of each class's longest stretch, acceleration in g: x full, y dashed, z dotted."),
                Html.Of("div", "grid3", classes.Select((name, c) => SignalFigure(name, c, all)))),
            new PageSection(
                "spectra",
                "Spectra by class",
                Html.Paragraph("Mean power spectrum of the length of the acceleration, without its mean, of windows of 2.56 s: steps are peaks between 1 and 3 Hz. The power axis is logarithmic and the same for all."),
                Html.Of("div", "grid3", Spectra(classes, all))),
        ];
    }

    private static ReportTable Gravity(DataSet set) => new(
        $"Where gravity points, {set.Name}: mean acceleration of each person in g; its length is 1 where the sensor is scaled rightly and the wearer mostly still",
        ["person", "x", "y", "z", "length"],
        [.. set.Recordings.GroupBy(recording => recording.Subject).OrderBy(person => person.Key, StringComparer.Ordinal).Select(person =>
        {
            double counts = SensorScale.AccelCountsPerG(set.Range.AccelG);
            var mean = Enumerable.Range(0, 3).Select(axis => person.SelectMany(recording => recording.Runs.SelectMany(run => recording.Channels[axis].Skip(run.Start).Take(run.Length))).Average(value => value / counts)).ToArray();
            return (IReadOnlyList<string>)[person.Key, .. mean.Append(Math.Sqrt(mean.Sum(value => value * value))).Select(value => value.ToString("0.000", CultureInfo.InvariantCulture))];
        })]);

    private static XElement? SignalFigure(string name, int label, List<(Recording Recording, SensorRange Range)> all)
    {
        var (recording, range, bout) = all.SelectMany(one => Bout.Of(one.Recording.Labels).Where(bout => bout.Label == label).Select(bout => (one.Recording, one.Range, bout)))
            .OrderByDescending(one => one.bout.Length).FirstOrDefault();
        if (recording is null)
        {
            return null;
        }

        var length = Math.Min(SignalSamples, bout.Length);
        var start = bout.Start + ((bout.Length - length) / 2);
        double counts = SensorScale.AccelCountsPerG(range.AccelG);
        var axes = Enumerable.Range(0, 3).Select(axis => recording.Channels[axis].Skip(start).Take(length).Select(value => value / counts).ToArray()).ToArray();
        var plot = new Plot($"signal-{label}", $"Acceleration of {name}", $"{recording.Subject}, {recording.Name}: x, y and z over {length / SensorScale.SampleRateHz} seconds.", 220);
        var x = new Scale(0, (double)SignalSamples / SensorScale.SampleRateHz, 40, Plot.Width - 16);
        var y = new Scale(Math.Floor(Math.Min(-1, axes.Min(axis => axis.Min()))), Math.Ceiling(Math.Max(1, axes.Max(axis => axis.Max()))), 178, 26);
        plot.YAxis(y, x.From, x.To, "g", Plot.Count);
        plot.XAxis(x, y.To, y.From, "seconds", Plot.Count);
        foreach (var (style, axis) in new[] { ("line", axes[0]), ("other", axes[1]), ("ideal", axes[2]) })
        {
            plot.Polyline(style, axis.Select((value, i) => (x.At((double)i / SensorScale.SampleRateHz), y.At(value))));
        }

        return plot.Figure(name);
    }

    private static IEnumerable<XElement> Spectra(IReadOnlyList<string> classes, List<(Recording Recording, SensorRange Range)> all)
    {
        var powers = classes.Select((_, label) => Spectrum(label, all)).ToList();
        var known = powers.OfType<double[]>().SelectMany(power => power).Where(power => power > 0).DefaultIfEmpty(1).ToList();
        for (var label = 0; label < classes.Count; label++)
        {
            if (powers[label] is not { } power)
            {
                continue;
            }

            var peak = Array.IndexOf(power, power.Max());
            var plot = new Plot($"spectrum-{label}", $"Spectrum of {classes[label]}", string.Create(CultureInfo.InvariantCulture, $"Strongest at {Hz(peak):0.0} Hz."), 220);
            var x = new Scale(0, HighestHz, 48, Plot.Width - 20);
            var y = new Scale(Math.Max(known.Min(), known.Max() / 1e6), known.Max(), 178, 26, IsLogarithmic: true);
            plot.YAxis(new Scale(Math.Log10(y.Low), Math.Log10(y.High), y.From, y.To), x.From, x.To, "g², power of ten", Plot.Count);
            plot.XAxis(x, y.To, y.From, "Hz", Plot.Count);
            plot.Polyline("line", power.Select((value, bin) => (x.At(Hz(bin)), y.At(Math.Max(y.Low, value)))));
            yield return plot.Figure(classes[label]);
        }
    }

    // Bin 0 of the list is the first above the mean.
    private static double Hz(int bin) => (bin + 1.0) * SensorScale.SampleRateHz / 128;

    // Hann window (Harris, Proc. IEEE 66, 1978) over 128 samples; null where no stretch is so long.
    private static double[]? Spectrum(int label, List<(Recording Recording, SensorRange Range)> all)
    {
        const int Length = 128;
        var bins = (int)(HighestHz * Length / SensorScale.SampleRateHz);
        var stretches = all.SelectMany(one => Bout.Of(one.Recording.Labels).Where(bout => bout.Label == label && bout.Length >= Length).Select(bout => (one.Recording, one.Range, Start: bout.Start + ((bout.Length - Length) / 2)))).Take(SpectrumWindows).ToList();
        if (stretches.Count == 0)
        {
            return null;
        }

        var power = new double[bins];
        foreach (var (recording, range, start) in stretches)
        {
            double counts = SensorScale.AccelCountsPerG(range.AccelG);
            var lengths = Enumerable.Range(start, Length).Select(i => Math.Sqrt(Enumerable.Range(0, 3).Sum(axis => Math.Pow(recording.Channels[axis][i] / counts, 2)))).ToArray();
            var mean = lengths.Average();
            for (var bin = 1; bin <= bins; bin++)
            {
                double real = 0, imaginary = 0;
                for (var i = 0; i < Length; i++)
                {
                    var (sin, cos) = Math.SinCos(2 * Math.PI * bin * i / Length);
                    var weighted = (lengths[i] - mean) * (0.5 - (0.5 * Math.Cos(2 * Math.PI * i / Length)));
                    real += weighted * cos;
                    imaginary += weighted * sin;
                }

                power[bin - 1] += ((real * real) + (imaginary * imaginary)) / Length / stretches.Count;
            }
        }

        return power;
    }
}
