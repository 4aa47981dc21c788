using System.Reflection;
using System.Text.RegularExpressions;
using HarEdge.DeviceTwin.Shims;

namespace HarEdge.DeviceTwin.Tests;

/// <summary>
/// The stand-ins offer nothing the device does not have. HAREDGE_NANOFRAMEWORK_API names the folder with the device's API, one
/// documentation id a line.
/// </summary>
public partial class ShimTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] Namespaces =
        ["System", "System.Device.I2c", "System.Device.Gpio", "System.IO.Ports", "nanoFramework.Hardware.Esp32", "nanoFramework.Runtime.Native"];

    [Fact]
    public void Every_public_member_of_every_stand_in_exists_on_the_device()
    {
        var folder = System.Environment.GetEnvironmentVariable("HAREDGE_NANOFRAMEWORK_API");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "HAREDGE_NANOFRAMEWORK_API is not set: it names the folder with the device's API lists");
        var api = Directory.EnumerateFiles(folder!, "*.txt").SelectMany(File.ReadLines).Select(line => line.Trim()).ToHashSet(StringComparer.Ordinal);
        var missing = StandIns().SelectMany(Ids).Where(id => !api.Contains(id)).ToList();
        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    [Fact]
    public void There_are_stand_ins_to_check() => Assert.InRange(StandIns().Count(), 18, 60);

    private static IEnumerable<Type> StandIns() => typeof(SimulatedDevice).Assembly.GetTypes().Where(type =>
        Namespaces.Contains(type.Namespace) || type.GetCustomAttribute<StandsForAttribute>() is not null);

    private static IEnumerable<string> Ids(Type type)
    {
        var name = type.GetCustomAttribute<StandsForAttribute>()?.DeviceType ?? type.FullName!.Replace('+', '.');
        yield return $"T:{name}";
        if (type.IsEnum)
        {
            foreach (var field in Enum.GetNames(type))
            {
                yield return $"F:{name}.{field}";
            }

            yield break;
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            yield break;
        }

        foreach (var member in type.GetMembers(Declared))
        {
            switch (member)
            {
                case ConstructorInfo constructor:
                    yield return $"M:{name}.#ctor{Parameters(constructor)}";
                    break;
                case PropertyInfo property:
                    yield return $"P:{name}.{property.Name}";
                    break;
                case EventInfo happening:
                    yield return $"E:{name}.{happening.Name}";
                    break;
                case MethodInfo method when !method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal):
                    yield return $"M:{name}.{method.Name}{Parameters(method)}";
                    break;
            }
        }
    }

    private static string Parameters(MethodBase method)
    {
        var types = method.GetParameters().Select(p => NestedType().Replace(p.ParameterType.FullName!, ".")).ToList();
        return types.Count == 0 ? "" : $"({string.Join(',', types)})";
    }

    [GeneratedRegex(@"\+")]
    private static partial Regex NestedType();
}
