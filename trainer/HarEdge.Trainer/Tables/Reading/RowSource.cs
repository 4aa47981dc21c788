using System.Globalization;
using System.Text;
using Parquet;
using Parquet.Schema;
using HarEdge.Trainer.Datasets.Csv;

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

        var name = TableFile.Unpacked(path);
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

/// <summary>Apache Parquet, a row group at a time. Values pass as text, so that a table gives the same numbers from Parquet and from CSV.</summary>
internal sealed class ParquetRows : RowSource
{
    private readonly FileStream file;
    private readonly ParquetReader reader;
    private readonly DataField[] dataFields;
    private Func<int, string?>[] columns = [];
    private byte[] current = [];
    private int group = -1;
    private int rowsOfGroup;
    private int row;
    private long line;

    public ParquetRows(string path)
    {
        file = File.OpenRead(path);
        try
        {
            reader = ParquetReader.CreateAsync(file).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ParquetException)
        {
            file.Dispose();
            throw new InputException($"'{path}' cannot be read as Parquet: {e.Message}", "Get the file again, or give it the ending of its format.", inner: e);
        }

        dataFields = [.. reader.Schema.GetDataFields().Where(field => field.MaxRepetitionLevel == 0)];
        Header = [.. dataFields.Select(field => field.Name)];
    }

    public override string Format => "Parquet";

    public override bool MayHaveDecimalComma => false;

    public override int FieldCount => dataFields.Length;

    public override long Line => line;

    public override double Fraction => reader.RowGroupCount == 0 ? 1 : (group + ((double)row / Math.Max(1, rowsOfGroup))) / reader.RowGroupCount;

    public override bool Read()
    {
        row++;
        while (row >= rowsOfGroup)
        {
            if (++group >= reader.RowGroupCount)
            {
                return false;
            }

            LoadGroup();
        }

        line++;
        return true;
    }

    public override ReadOnlySpan<byte> Field(int index)
    {
        current = Encoding.UTF8.GetBytes(columns[index](row) ?? "");
        return current;
    }

    protected override void Dispose(bool disposing)
    {
        reader?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        file.Dispose();
    }

    private void LoadGroup()
    {
        using var rows = reader.OpenRowGroupReader(group);
        rowsOfGroup = (int)rows.RowCount;
        row = 0;
        columns = [.. dataFields.Select(field => Load(rows, field))];
    }

    private Func<int, string?> Load(ParquetRowGroupReader rows, DataField field)
    {
        if (field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>))
        {
            var texts = new string?[rowsOfGroup];
            rows.ReadAsync(field, texts.AsMemory()).AsTask().GetAwaiter().GetResult();
            return at => texts[at];
        }

        return Type.GetTypeCode(field.ClrType) switch
        {
            TypeCode.Double => Numbers<double>(rows, field),
            TypeCode.Single => Numbers<float>(rows, field),
            TypeCode.Int64 => Numbers<long>(rows, field),
            TypeCode.UInt64 => Numbers<ulong>(rows, field),
            TypeCode.Int32 => Numbers<int>(rows, field),
            TypeCode.UInt32 => Numbers<uint>(rows, field),
            TypeCode.Int16 => Numbers<short>(rows, field),
            TypeCode.UInt16 => Numbers<ushort>(rows, field),
            TypeCode.SByte => Numbers<sbyte>(rows, field),
            TypeCode.Byte => Numbers<byte>(rows, field),
            TypeCode.Decimal => Numbers<decimal>(rows, field),
            TypeCode.Boolean => Values<bool>(rows, field, value => value ? "1" : "0"),
            TypeCode.DateTime => Values<DateTime>(rows, field, value => value.ToString("o", CultureInfo.InvariantCulture)),
            _ => throw new InputException($"The Parquet column '{field.Name}' holds {field.ClrType.Name}, which is no feature.", "Write the table without that column."),
        };
    }

    private Func<int, string?> Numbers<TValue>(ParquetRowGroupReader rows, DataField field)
        where TValue : struct, IFormattable => Values<TValue>(rows, field, value => value.ToString(null, CultureInfo.InvariantCulture));

    private Func<int, string?> Values<TValue>(ParquetRowGroupReader rows, DataField field, Func<TValue, string> format)
        where TValue : struct
    {
        if (field.IsNullable)
        {
            var values = new TValue?[rowsOfGroup];
            rows.ReadAsync(field, values.AsMemory()).AsTask().GetAwaiter().GetResult();
            return at => values[at] is { } value ? format(value) : null;
        }

        var whole = new TValue[rowsOfGroup];
        rows.ReadAsync(field, whole.AsMemory()).AsTask().GetAwaiter().GetResult();
        return at => format(whole[at]);
    }
}
