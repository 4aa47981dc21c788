using System.Globalization;
using System.Reflection;
using System.Text;
using HarEdge.DeviceTwin;
using HarEdge.Trainer.Portability;
using Mono.Cecil;

namespace HarEdge.Trainer.Tests.Portability;

/// <summary>
/// The device's libraries beyond mscorlib as C# without bodies: the public members of the twin's stand-ins. The firmware is compiled against them and the
/// device's own mscorlib; that the device has these members is held to its API lists, which name no types of results.
/// </summary>
internal static class DeviceFacade
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] Namespaces =
        ["System", "System.Device.I2c", "System.Device.Gpio", "System.IO.Ports", "nanoFramework.Hardware.Esp32", "nanoFramework.Runtime.Native", "Iot.Device.Imu"];

    // What the desktop has, too, and so needs no stand-in: System.Math, and the vector of nanoFramework.System.Numerics, whose components are double there.
    private const string Shared = """
        namespace System { public static class Math { public static double Abs(double value) { throw null; } public static double Max(double a, double b) { throw null; } public static double Sqrt(double d) { throw null; } } }
        namespace System.Numerics { public struct Vector3 { public double X { get; set; } public double Y { get; set; } public double Z { get; set; } } }

        """;

    /// <summary>The twin's stand-ins and the names of the types they stand for.</summary>
    public static IReadOnlyList<(Type StandIn, string DeviceType)> StandIns { get; } =
    [
        .. typeof(SimulatedDevice).Assembly.GetTypes().Where(type => !type.IsNested).Select(type => (Type: type, Name: DeviceType(type)))
            .Where(pair => pair.Name is not null).Select(pair => (pair.Type, pair.Name!)).OrderBy(pair => pair.Item2, StringComparer.Ordinal),
    ];

    /// <summary>The device's own mscorlib, from the package nanoFramework.CoreLibrary.</summary>
    public static string CoreLibrary { get; } = Path.Combine(AppContext.BaseDirectory, "nanoFramework", "mscorlib.dll");

    /// <summary>The source.</summary>
    public static DeviceSource Source { get; } = new("Facade.cs", Write());

    // One that stands for a type of mscorlib is left out: the real one is there.
    private static string Write()
    {
        using var library = ModuleDefinition.ReadModule(CoreLibrary);
        var text = new StringBuilder("#pragma warning disable\n").Append(Shared);
        foreach (var (type, name) in StandIns.Where(pair => library.GetType(pair.DeviceType) is null))
        {
            text.Append(CultureInfo.InvariantCulture, $"namespace {name[..name.LastIndexOf('.')]} {{ ");
            Append(text, type);
            text.AppendLine("}");
        }

        return text.ToString();
    }

    private static string? DeviceType(Type type) => type.CustomAttributes.FirstOrDefault(a => a.AttributeType.Name == "StandsForAttribute") is { } attribute
        ? (string)attribute.ConstructorArguments[0].Value!
        : Namespaces.Contains(type.Namespace) ? type.FullName : null;

    private static void Append(StringBuilder text, Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            text.Append(CultureInfo.InvariantCulture, $"public delegate {Name(invoke.ReturnType)} {type.Name}({Parameters(invoke)});\n");
            return;
        }

        if (type.IsEnum)
        {
            var members = Enum.GetNames(type).Zip(Enum.GetValuesAsUnderlyingType(type).Cast<object>(), (name, value) => $"{name} = {value}");
            text.Append(CultureInfo.InvariantCulture, $"public enum {type.Name} : {Keyword(Enum.GetUnderlyingType(type))} {{ {string.Join(", ", members)} }}\n");
            return;
        }

        var kind = type.IsValueType ? "struct" : type is { IsAbstract: true, IsSealed: true } ? "static class" : "class";
        var bases = typeof(IDisposable).IsAssignableFrom(type) ? " : global::System.IDisposable" : "";
        text.Append(CultureInfo.InvariantCulture, $"public {kind} {type.Name}{bases} {{\n");
        foreach (var nested in type.GetNestedTypes())
        {
            Append(text, nested);
        }

        foreach (var member in type.GetMembers(Declared))
        {
            text.Append(Declaration(member));
        }

        text.AppendLine("}");
    }

    private static string Declaration(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"public {constructor.DeclaringType!.Name}({Parameters(constructor)}) {{ throw null; }}\n",
        PropertyInfo property => $"public {Static(property.GetMethod!)}{Name(property.PropertyType)} {property.Name} {{ get {{ throw null; }}{(property.SetMethod?.IsPublic == true ? " set { }" : "")} }}\n",
        EventInfo happening => $"public event {Name(happening.EventHandlerType!)} {happening.Name};\n",
        MethodInfo method when method.Name.StartsWith("op_", StringComparison.Ordinal) =>
            $"public static {Name(method.ReturnType)} operator {(method.Name == "op_Equality" ? "==" : "!=")}({Parameters(method)}) {{ throw null; }}\n",
        MethodInfo { IsSpecialName: false } method =>
            $"public {Static(method)}{(IsOverride(method) ? "override " : "")}{Name(method.ReturnType)} {method.Name}({Parameters(method)}) {{ throw null; }}\n",
        FieldInfo { IsLiteral: true } field => $"public const {Name(field.FieldType)} {field.Name} = {field.GetRawConstantValue()};\n",
        _ => "",
    };

    private static bool IsOverride(MethodInfo method) => method.GetBaseDefinition().DeclaringType != method.DeclaringType;

    private static string Static(MethodInfo method) => method.IsStatic ? "static " : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"));

    private static string Name(Type type) => type == typeof(void) ? "void" : "global::" + (DeviceType(type) ?? type.FullName!).Replace('+', '.');

    private static string Keyword(Type type) => type == typeof(ulong) ? "ulong" : type == typeof(byte) ? "byte" : "int";
}
