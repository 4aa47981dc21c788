using System.Buffers;
using System.Buffers.Text;
using System.Text;
using HarEdge.Trainer.Datasets.Signals;

namespace HarEdge.Trainer.Datasets.PublicSets;

/// <summary>Numbers and words straight from UTF-8 bytes, line by line, between blanks, commas and semicolons; errors name the file and line.</summary>
/// <param name="bytes">The file.</param>
/// <param name="fileName">Name for messages.</param>
/// <param name="hasCommas">Whether commas and semicolons separate, too; they end a line as well.</param>
internal ref struct NumberText(ReadOnlySpan<byte> bytes, string fileName, bool hasCommas = false)
{
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t"u8);

    private static readonly SearchValues<byte> BlanksAndCommas = SearchValues.Create(" \t,;"u8);

    private readonly bool hasCommas = hasCommas;
    private ReadOnlySpan<byte> rest = bytes;

    /// <summary>1-based number of the line read last.</summary>
    public int LineNumber { get; private set; }

    /// <summary>Moves to the next line that is not blank.</summary>
    public bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'\n');
            line = (end < 0 ? rest : rest[..end]).Trim(" \t\r"u8).TrimEnd(hasCommas ? " ;"u8 : " "u8);
            rest = end < 0 ? default : rest[(end + 1)..];
            LineNumber++;
            if (!line.IsEmpty)
            {
                return true;
            }
        }

        line = default;
        return false;
    }

    /// <summary>The next word of a line; empty when there is none.</summary>
    public readonly ReadOnlySpan<byte> NextWord(ref ReadOnlySpan<byte> line)
    {
        line = line.TrimStart(" \t"u8);
        var end = line.IndexOfAny(hasCommas ? BlanksAndCommas : Blanks);
        var word = end < 0 ? line : line[..end];
        line = end < 0 ? default : line[end..].TrimStart(" \t"u8);
        line = hasCommas && !line.IsEmpty && line[0] is (byte)',' or (byte)';' ? line[1..] : line;
        return word;
    }

    /// <summary>A number; NaN, Inf and NA are missing values and give NaN.</summary>
    public readonly double ParseValue(ReadOnlySpan<byte> word)
    {
        if (Utf8Parser.TryParse(word, out double value, out var used) && used == word.Length)
        {
            return double.IsFinite(value) ? value : double.NaN;
        }

        if (Ascii.EqualsIgnoreCase(word, "nan"u8) || Ascii.EqualsIgnoreCase(word, "na"u8) || Ascii.EqualsIgnoreCase(word, "inf"u8)
            || Ascii.EqualsIgnoreCase(word, "-inf"u8))
        {
            return double.NaN;
        }

        throw Unreadable(word, "number");
    }

    /// <summary>A whole number.</summary>
    public readonly int ParseInteger(ReadOnlySpan<byte> word) =>
        Utf8Parser.TryParse(word, out int value, out var used) && used == word.Length ? value : throw Unreadable(word, "whole number");

    /// <summary>The rest of a line as a sample of one sensor: its time and three values; those of the other sensor are missing.</summary>
    /// <param name="line">What follows the columns that are no numbers.</param>
    /// <param name="rows">Receives the sample.</param>
    /// <param name="firstChannel">0 for an accelerometer, 3 for a gyroscope.</param>
    /// <param name="label">The sample's.</param>
    /// <param name="columns">All columns of the line, for the message.</param>
    /// <exception cref="InputException">The line has more values, or one that is no number.</exception>
    public readonly void ReadSample(ReadOnlySpan<byte> line, SignalRows rows, int firstChannel, short label, int columns)
    {
        rows.Times.Add(ParseValue(NextWord(ref line)));
        rows.Labels.Add(label);
        for (var channel = 0; channel < rows.Values.Length; channel++)
        {
            var isMine = channel >= firstChannel && channel < firstChannel + 3;
            rows.Values[channel].Add(isMine ? ParseValue(NextWord(ref line)) : double.NaN);
        }

        if (!line.IsEmpty)
        {
            throw WrongColumns(columns);
        }
    }

    /// <summary>A line with the wrong number of columns.</summary>
    public readonly InputException WrongColumns(int expected) => new(
        $"'{fileName}' line {LineNumber} does not have {expected} columns.",
        "Restore the file from the original archive, or correct the line.");

    private readonly InputException Unreadable(ReadOnlySpan<byte> word, string kind) => new(
        word.IsEmpty
            ? $"'{fileName}' line {LineNumber} has a column too few."
            : $"'{fileName}' line {LineNumber}: '{Encoding.UTF8.GetString(word)}' is not a {kind}.",
        "Correct the line or restore the file; write NaN where a value is missing.");
}

/// <summary>A file of three numbers a line.</summary>
internal static class HaptSignalFile
{
    /// <summary>Reads the three columns, times <paramref name="factor"/>.</summary>
    /// <returns>Three arrays of as many values as the file has lines.</returns>
    /// <exception cref="InputException">A line is unreadable.</exception>
    public static double[][] Read(byte[] bytes, string fileName, double factor)
    {
        var lines = bytes.AsSpan().Count((byte)'\n') + 1;
        double[][] values = [new double[lines], new double[lines], new double[lines]];
        var text = new NumberText(bytes, fileName);
        var rows = 0;
        while (text.TryReadLine(out var line))
        {
            for (var axis = 0; axis < values.Length; axis++)
            {
                values[axis][rows] = factor * text.ParseValue(text.NextWord(ref line));
            }

            if (!line.IsEmpty)
            {
                throw text.WrongColumns(values.Length);
            }

            rows++;
        }

        for (var axis = 0; axis < values.Length; axis++)
        {
            Array.Resize(ref values[axis], rows);
        }

        return values;
    }

    /// <summary>Accelerometer and gyroscope on one grid; where one is shorter its values are missing to the end.</summary>
    public static double[][] Join(double[][] accel, double[][] gyro)
    {
        var values = RawSignal.MissingValues(Math.Max(accel[0].Length, gyro[0].Length));
        for (var axis = 0; axis < accel.Length; axis++)
        {
            accel[axis].CopyTo(values[axis], 0);
            gyro[axis].CopyTo(values[axis + 3], 0);
        }

        return values;
    }
}
