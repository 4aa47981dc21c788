using Mono.Cecil.Cil;

namespace HarEdge.Trainer.Cost.WorstCase;

/// <summary>Unchecked arithmetic and comparisons on known numbers; unknown as soon as an operand is.</summary>
internal static class Arithmetic
{
    /// <summary>add, sub, mul, div, rem, and, or, xor, shl, shr, ceq, cgt, clt.</summary>
    public static AbstractValue Binary(Code code, AbstractValue left, AbstractValue right)
    {
        if (!left.TryNumber(out long a) || !right.TryNumber(out long b))
        {
            return AbstractValue.Unknown;
        }

        if (Compare(code, a, b) is { } condition)
        {
            return AbstractValue.Int(condition ? 1 : 0);
        }

        if (code is Code.Div or Code.Rem && b == 0)
        {
            throw new UnprovableException("a division by zero that is known to happen");
        }

        long value = unchecked(code switch
        {
            Code.Add => a + b,
            Code.Sub => a - b,
            Code.Mul => a * b,
            Code.Div => a / b,
            Code.Rem => a % b,
            Code.And => a & b,
            Code.Or => a | b,
            Code.Xor => a ^ b,
            Code.Shl => a << (int)b,
            Code.Shr => a >> (int)b,
            _ => throw new UnprovableException($"the instruction {code}"),
        });
        return left.IsLong ? AbstractValue.Long(value) : AbstractValue.Int(unchecked((int)value));
    }

    /// <summary>neg, not and conversions.</summary>
    public static AbstractValue Unary(Code code, AbstractValue operand)
    {
        if (!operand.TryNumber(out long a))
        {
            return AbstractValue.Unknown;
        }

        return unchecked(code switch
        {
            Code.Neg => operand.IsLong ? AbstractValue.Long(-a) : AbstractValue.Int((int)-a),
            Code.Not => operand.IsLong ? AbstractValue.Long(~a) : AbstractValue.Int((int)~a),
            Code.Conv_I8 => AbstractValue.Long(a),
            Code.Conv_I4 => AbstractValue.Int((int)a),
            Code.Conv_I2 => AbstractValue.Int((short)a),
            Code.Conv_I1 => AbstractValue.Int((sbyte)a),
            Code.Conv_U2 => AbstractValue.Int((char)a),
            Code.Conv_U1 => AbstractValue.Int((byte)a),
            _ => throw new UnprovableException($"the instruction {code}"),
        });
    }

    /// <summary>Whether a two-operand branch is taken; null when unknown.</summary>
    public static bool? Branches(Code code, AbstractValue left, AbstractValue right)
    {
        Code comparison = code switch
        {
            Code.Beq => Code.Ceq,
            Code.Bgt => Code.Cgt,
            Code.Blt => Code.Clt,
            Code.Bne_Un or Code.Bge or Code.Ble => code,
            _ => throw new UnprovableException($"the instruction {code}"),
        };
        return left.TryNumber(out long a) && right.TryNumber(out long b) ? Compare(comparison, a, b) : null;
    }

    private static bool? Compare(Code code, long a, long b) => code switch
    {
        Code.Ceq => a == b,
        Code.Cgt => a > b,
        Code.Clt => a < b,
        Code.Bge => a >= b,
        Code.Ble => a <= b,
        Code.Bne_Un => a != b,
        _ => null,
    };
}
