using System.Globalization;
using System.Text;

namespace HarEdge.Trainer.Telemetry;

/// <summary>Reads the fields of a line one after another. After the first that does not fit, <see cref="IsGood"/> is false.</summary>
internal ref struct FieldReader(ReadOnlySpan<byte> fields)
{
    private ReadOnlySpan<byte> rest = fields;
    private bool atEnd;

    /// <summary>Whether every field so far was there and of its type.</summary>
    public bool IsGood { get; private set; } = true;

    /// <summary>A decimal integer within 32 bits; 0 when it is none.</summary>
    public int Int()
    {
        var field = Next();
        if (!int.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) || field[0] == '+')
        {
            IsGood = false;
            return 0;
        }

        return value;
    }

    /// <summary>A decimal integer within limits, ends included.</summary>
    public int Int(int lowest, int highest)
    {
        var value = Int();
        IsGood &= value >= lowest && value <= highest;
        return value;
    }

    /// <summary>Four upper-case hex digits.</summary>
    public int Hex16()
    {
        var field = Next();
        IsGood &= TryHex16(field, out var value);
        return value;
    }

    /// <summary>Printable ASCII, at least one character.</summary>
    public string Text()
    {
        var field = Next();
        IsGood &= field.Length > 0 && !field.ContainsAnyExceptInRange((byte)' ', (byte)'~');
        return IsGood ? Encoding.ASCII.GetString(field) : "";
    }

    /// <summary>As <see cref="Text"/>; empty where an earlier version of the grammar ends.</summary>
    public string OptionalText() => atEnd ? "" : Text();

    /// <summary>A field as it is.</summary>
    public ReadOnlySpan<byte> Next()
    {
        if (atEnd)
        {
            IsGood = false;
            return [];
        }

        var comma = rest.IndexOf((byte)',');
        atEnd = comma < 0;
        var field = atEnd ? rest : rest[..comma];
        rest = atEnd ? [] : rest[(comma + 1)..];
        return field;
    }

    /// <summary>Reads exactly four upper-case hex digits.</summary>
    public static bool TryHex16(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        if (digits.Length != 4)
        {
            return false;
        }

        foreach (var digit in digits)
        {
            var nibble = digit is >= (byte)'0' and <= (byte)'9' ? digit - '0' : digit is >= (byte)'A' and <= (byte)'F' ? digit - 'A' + 10 : -1;
            if (nibble < 0)
            {
                return false;
            }

            value = (value << 4) | nibble;
        }

        return true;
    }
}
