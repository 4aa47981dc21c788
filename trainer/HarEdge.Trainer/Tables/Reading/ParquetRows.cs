using System.Globalization;
using System.Text;
using Parquet;
using Parquet.Schema;

namespace HarEdge.Trainer.Tables.Reading;

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
