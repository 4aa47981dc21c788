using Mono.Cecil;

namespace HarEdge.Trainer.Cost.WorstCase;

/// <summary>What the calls into the base library that device code makes do to the heap.</summary>
internal static class NativeCalls
{
    /// <summary>The heap after the call.</summary>
    public static AbstractHeap Run(MethodReference target, AbstractValue[] arguments, AbstractHeap heap)
    {
        string name = target.DeclaringType.FullName + "." + target.Name;
        switch (name)
        {
            case "System.Array.Clear" when arguments.Length == 3 && arguments[0].TryReference(out Array cleared):
                return heap.WithCleared(cleared, arguments[1], arguments[2]);
            case "System.Array.Copy" when arguments.Length == 5 && arguments[2].TryReference(out Array copied)
                && copied.GetType().GetElementType() is { IsPrimitive: true }:
                return heap.WithForgotten(copied);
            default:
                throw new UnprovableException($"a call of {target.FullName} with these arguments");
        }
    }
}
