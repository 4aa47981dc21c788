using HarEdge.Trainer.Datasets.Signals;

namespace HarEdge.Trainer.Datasets.Hapt;

/// <summary>A file of three numbers a line.</summary>
internal static class HaptSignalFile
{
    /// <summary>Reads into channels <paramref name="firstChannel"/>.. of a growing list of samples, times <paramref name="factor"/>.</summary>
    /// <returns>Three arrays of as many values as the file has lines.</returns>
    /// <exception cref="InputException">A line is unreadable.</exception>
    public static double[][] Read(byte[] bytes, string fileName, double factor)
    {
        int lines = bytes.AsSpan().Count((byte)'\n') + 1;
        double[][] values = [new double[lines], new double[lines], new double[lines]];
        var text = new HaptText(bytes, fileName);
        int rows = 0;
        while (text.TryReadLine(out ReadOnlySpan<byte> line))
        {
            for (int axis = 0; axis < values.Length; axis++)
            {
                values[axis][rows] = factor * text.ParseValue(HaptText.NextWord(ref line));
            }

            if (!line.IsEmpty)
            {
                throw text.WrongColumns(values.Length);
            }

            rows++;
        }

        for (int axis = 0; axis < values.Length; axis++)
        {
            Array.Resize(ref values[axis], rows);
        }

        return values;
    }

    /// <summary>Accelerometer and gyroscope on one grid; where one is shorter its values are missing to the end.</summary>
    public static double[][] Join(double[][] accel, double[][] gyro)
    {
        double[][] values = RawSignal.MissingValues(Math.Max(accel[0].Length, gyro[0].Length));
        for (int axis = 0; axis < accel.Length; axis++)
        {
            accel[axis].CopyTo(values[axis], 0);
            gyro[axis].CopyTo(values[axis + 3], 0);
        }

        return values;
    }
}
