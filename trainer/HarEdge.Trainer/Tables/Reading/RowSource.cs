using System.Globalization;
using System.Text;

namespace HarEdge.Trainer.Tables.Reading;

/// <summary>Rows of a file, field by field as UTF-8 text, whatever the format.</summary>
internal abstract class RowSource : IDisposable
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Names of the columns; null when the file has none.</summary>
    public IReadOnlyList<string>? Header { get; protected set; }

    /// <summary>Format in words, such as "CSV, ; between columns".</summary>
    public abstract string Format { get; }

    /// <summary>What stands between columns, for a file to be written like this one.</summary>
    public virtual char Separator => ',';

    /// <summary>Whether a comma between digits may be a decimal mark.</summary>
    public virtual bool MayHaveDecimalComma => true;

    /// <summary>Fields of the row read last.</summary>
    public abstract int FieldCount { get; }

    /// <summary>1-based line, or row where the format has no lines.</summary>
    public abstract long Line { get; }

    /// <summary>Share of the file that was read, 0 to 1.</summary>
    public virtual double Fraction => 0;

    /// <summary>Moves to the next row.</summary>
    public abstract bool Read();

    /// <summary>A field of the row without its quotes; blanks stay.</summary>
    public abstract ReadOnlySpan<byte> Field(int index);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens a file by its ending; gzip is unpacked, UTF-16 translated.</summary>
    /// <exception cref="InputException">There is no such file, or it is empty.</exception>
    public static RowSource Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}'.", "Check the path.", 2);
        }

        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        try
        {
            return Path.GetExtension(name).ToLowerInvariant() switch
            {
                ".parquet" => new ParquetRows(path),
                ".arff" => new ArffRows(path),
                _ => new DelimitedRows(path),
            };
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"'{path}' is damaged: {e.Message}", "Get the file again.", inner: e);
        }
    }

    /// <summary>Text of a field: UTF-8, or Latin-1 where the bytes are no UTF-8, as spreadsheets write it.</summary>
    public static string TextOf(ReadOnlySpan<byte> field)
    {
        try
        {
            return Strict.GetString(field);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(field);
        }
    }

    /// <summary>Releases the file.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>Whether a text is a number, with a point or a comma.</summary>
    protected static bool IsNumber(string text) =>
        double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);
}
