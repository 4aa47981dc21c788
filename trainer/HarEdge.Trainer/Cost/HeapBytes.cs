using System.Reflection;
using HarEdge.DeviceTwin;
using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Portability;

namespace HarEdge.Trainer.Cost;

/// <summary>
/// RAM objects take on the device's managed heap. It is made of blocks of 12 bytes: an object takes one and one for each field, an
/// array one and its elements rounded up to whole blocks, a static field one (nanoFramework CoreLibrary 1.17, ESP32).
/// </summary>
internal static class HeapBytes
{
    /// <summary>Bytes of a heap block.</summary>
    public const int Block = 12;

    private const BindingFlags DeclaredInstance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>
    /// Bytes of an object and everything it holds on to. Constant strings stay in flash and count nothing, neither do objects of
    /// the runtime's own types.
    /// </summary>
    public static int OfGraph(object root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<object>([root]);
        var bytes = 0;
        while (pending.TryPop(out var item))
        {
            if (!seen.Add(item) || !(item is Array || IsOurs(item.GetType())))
            {
                continue;
            }

            bytes += item is Array array ? OfArray(array) : Block + Block * Fields(item.GetType()).Count();
            foreach (var child in Children(item))
            {
                pending.Push(child);
            }
        }

        return bytes;
    }

    /// <summary>Bytes of the static fields of device types in an assembly and of the arrays in them. Reading them runs their initializers.</summary>
    public static int OfStatics(Assembly assembly) => (
        from type in assembly.GetTypes()
        where IsOurs(type)
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where !field.IsLiteral
        let value = field.GetValue(null)
        select Block + (value is null or string || value.GetType().IsValueType ? 0 : OfGraph(value))).Sum();

    private static bool IsOurs(Type type) =>
        type.Namespace is { } ns && (ns.StartsWith("HarEdge.Core", StringComparison.Ordinal) || ns.StartsWith("HarEdge.Firmware", StringComparison.Ordinal));

    private static int OfArray(Array array)
    {
        var element = array.GetType().GetElementType()!;
        var elementBytes = element.IsPrimitive ? Buffer.ByteLength(array) / Math.Max(1, array.Length) : Block;
        return Block + (elementBytes * array.Length + Block - 1) / Block * Block;
    }

    private static IEnumerable<object> Children(object item)
    {
        if (item is Array array)
        {
            return array.GetType().GetElementType()!.IsValueType ? [] : array.Cast<object?>().OfType<object>();
        }

        return Fields(item.GetType()).Where(field => !field.FieldType.IsValueType).Select(field => field.GetValue(item)).OfType<object>();
    }

    private static IEnumerable<FieldInfo> Fields(Type type)
    {
        for (var at = type; at is not null && at != typeof(object); at = at.BaseType)
        {
            foreach (var field in at.GetFields(DeclaredInstance))
            {
                yield return field;
            }
        }
    }
}

/// <summary>What the firmware's own code takes, read from the device twin: the same source, wired and booted with a model, as shipped.</summary>
/// <param name="IlBytes">IL of HarEdge.Firmware.</param>
/// <param name="RamBytes">Objects and arrays the booted firmware holds, the pipeline's included, and all static fields of Core and firmware.</param>
internal sealed record FirmwareFootprint(int IlBytes, int RamBytes)
{
    /// <summary>Boots the firmware with a generated model and examines what it holds.</summary>
    public static FirmwareFootprint Of(string modelSource)
    {
        using var model = GeneratedModelCompiler.Compile(modelSource);
        var device = new SimulatedDevice(model.Classifier, null, new TwinOptions());
        device.Boot();
        var supervisor = typeof(SimulatedDevice).GetField("supervisor", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(device)!;
        var twin = typeof(SimulatedDevice).Assembly;
        var firmware = DeviceCode.Read(File.ReadAllBytes(twin.Location));
        return new FirmwareFootprint(
            firmware.Methods.Where(method => method.HasBody).Sum(method => method.Body.CodeSize),
            HeapBytes.OfGraph(supervisor) + HeapBytes.OfStatics(twin) + HeapBytes.OfStatics(typeof(HarEdge.Core.Pipeline).Assembly));
    }
}

/// <summary>
/// Garbage the device makes while it runs: the loop itself makes none, I2C calls and lines of text do. Bytes measured on the
/// nanoFramework interpreter built for a PC with an ESP32's heap blocks.
/// </summary>
internal static class Garbage
{
    /// <summary>Bytes of one I2cDevice.WriteRead with its spans: 7 objects.</summary>
    public const int I2cWriteRead = 300;

    /// <summary>Bytes of one I2cDevice.Write: 6 objects.</summary>
    public const int I2cWrite = 252;

    /// <summary>
    /// Reads of one wake-up: power, FIFO count, FIFO data, the settings that show a sensor that lost its power, and the count again. A
    /// test holds it to what the twin's bus sees.
    /// </summary>
    public const int ReadsPerWake = 5;

    /// <summary>Most samples read at one wake-up.</summary>
    public const int MostSamplesPerWake = 64;

    /// <summary>Characters of a line about a decision at most, in everyday use: sequence, samples, class, percent, margin, stage, two checksums.</summary>
    public const int DecisionLineCharacters = 56;

    /// <summary>
    /// A string made from characters: a block for the object and its text with a terminator. Writing it makes one more object of
    /// the same size at most (read in the sources, not measured).
    /// </summary>
    public static int OfLine(int characters) => 2 * (2 * HeapBytes.Block + (characters + HeapBytes.Block) / HeapBytes.Block * HeapBytes.Block);

    /// <summary>Bytes a second in everyday use: wake-ups and one line a decision; the health lines once a minute add some ten.</summary>
    /// <param name="hopSamples">Samples from one decision to the next.</param>
    /// <param name="sampleRateHz">Samples a second.</param>
    public static double BytesPerSecond(int hopSamples, int sampleRateHz)
    {
        var wakesPerDecision = (hopSamples + MostSamplesPerWake - 1) / MostSamplesPerWake;
        var perDecision = wakesPerDecision * ReadsPerWake * I2cWriteRead + OfLine(DecisionLineCharacters);
        return perDecision * (double)sampleRateHz / hopSamples;
    }
}
