using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace HarEdge.Trainer.Cost.WorstCase;

/// <summary>Instructions that neither branch nor call.</summary>
internal static class PlainInstructions
{
    /// <summary>Changes the frame as the instruction does.</summary>
    public static void Run(Instruction instruction, Frame frame, Assembly assembly)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Nop:
                break;
            case Code.Pop:
                frame.Pop();
                break;
            case Code.Dup:
                var top = frame.Pop();
                frame.Push(top);
                frame.Push(top);
                break;
            case Code.Ldc_I4:
                frame.Push(AbstractValue.Int((int)instruction.Operand));
                break;
            case Code.Ldc_I8:
                frame.Push(AbstractValue.Long((long)instruction.Operand));
                break;
            case Code.Ldnull:
                frame.Push(AbstractValue.Reference(null));
                break;
            case Code.Ldstr:
                frame.Push(AbstractValue.Reference(instruction.Operand));
                break;
            case Code.Ldarg:
                frame.Push(frame.Argument(Index((ParameterDefinition)instruction.Operand)));
                break;
            case Code.Starg:
                frame.SetArgument(Index((ParameterDefinition)instruction.Operand), frame.Pop());
                break;
            case Code.Ldloc:
                frame.Push(frame.Local(((VariableDefinition)instruction.Operand).Index));
                break;
            case Code.Stloc:
                frame.SetLocal(((VariableDefinition)instruction.Operand).Index, frame.Pop());
                break;
            case Code.Neg or Code.Not or Code.Conv_I1 or Code.Conv_U1 or Code.Conv_I2 or Code.Conv_U2 or Code.Conv_I4 or Code.Conv_I8:
                frame.Push(Arithmetic.Unary(instruction.OpCode.Code, frame.Pop()));
                break;
            case Code.Add or Code.Sub or Code.Mul or Code.Div or Code.Rem or Code.And or Code.Or or Code.Xor or Code.Shl or Code.Shr
                or Code.Ceq or Code.Cgt or Code.Clt:
                var right = frame.Pop();
                frame.Push(Arithmetic.Binary(instruction.OpCode.Code, frame.Pop(), right));
                break;
            default:
                RunOnMemory(instruction, frame, assembly);
                break;
        }
    }

    // Fields, arrays and addresses.
    private static void RunOnMemory(Instruction instruction, Frame frame, Assembly assembly)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Ldfld or Code.Stfld or Code.Ldsfld or Code.Stsfld:
                AccessField(instruction, frame, assembly);
                break;
            case Code.Ldlen:
                frame.Push(frame.Pop().TryReference(out Array measured) ? AbstractValue.Int(measured.Length) : AbstractValue.Unknown);
                break;
            case Code.Ldelem_I1 or Code.Ldelem_U1 or Code.Ldelem_I2 or Code.Ldelem_U2 or Code.Ldelem_I4 or Code.Ldelem_I8 or Code.Ldelem_Ref:
                var at = frame.Pop();
                frame.Push(frame.Pop().TryReference(out Array read) ? frame.Heap.Element(read, at) : AbstractValue.Unknown);
                break;
            case Code.Ldelema:
                frame.Pop();
                frame.Push(AddressIn(frame.Pop()));
                break;
            case Code.Ldind_I1 or Code.Ldind_U1 or Code.Ldind_I2 or Code.Ldind_U2 or Code.Ldind_I4 or Code.Ldind_I8:
                frame.Pop();
                frame.Push(AbstractValue.Unknown);
                break;
            case Code.Stind_I1 or Code.Stind_I2 or Code.Stind_I4 or Code.Stind_I8:
                frame.Pop(2);
                break;
            case Code.Stelem_I1 or Code.Stelem_I2 or Code.Stelem_I4 or Code.Stelem_I8 or Code.Stelem_Ref:
                StoreElement(frame);
                break;
            default:
                throw new UnprovableException($"the instruction {instruction.OpCode.Name}");
        }
    }

    // Cecil numbers parameters without `this`, IL with it.
    private static int Index(ParameterDefinition parameter) =>
        parameter.Index + (((MethodDefinition)parameter.Method).HasThis ? 1 : 0);

    private static void AccessField(Instruction instruction, Frame frame, Assembly assembly)
    {
        var field = AbstractHeap.Resolve(assembly, (FieldReference)instruction.Operand);
        var isStore = instruction.OpCode.Code is Code.Stfld or Code.Stsfld;
        var value = isStore ? frame.Pop() : AbstractValue.Unknown;
        object? owner = null;
        if (!field.IsStatic)
        {
            owner = frame.Pop().TryReference(out object known)
                ? known
                : throw new UnprovableException($"the field {field.Name} of an object that depends on the data");
        }

        if (isStore)
        {
            frame.Heap = frame.Heap.WithField(owner, field, value);
        }
        else
        {
            frame.Push(frame.Heap.Field(owner, field));
        }
    }

    // What an address leads to is not tracked, so it must not lead to what is.
    private static AbstractValue AddressIn(AbstractValue array) =>
        array.TryReference(out Array known) && known is int[] or short[] or long[] or byte[] or char[]
            ? AbstractValue.Unknown
            : throw new UnprovableException("the address of an element that is no number");

    private static void StoreElement(Frame frame)
    {
        var value = frame.Pop();
        var index = frame.Pop();
        if (!frame.Pop().TryReference(out Array array))
        {
            throw new UnprovableException("an element of an array that depends on the data");
        }

        frame.Heap = frame.Heap.WithElement(array, index, value);
    }
}
