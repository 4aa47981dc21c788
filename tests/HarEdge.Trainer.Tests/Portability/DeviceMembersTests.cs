using HarEdge.Trainer.Portability.Subset;

namespace HarEdge.Trainer.Tests.Portability;

/// <summary>The list of external members is exact, and the device has every one of them.</summary>
public class DeviceMembersTests
{
    [Fact]
    public void The_list_holds_what_is_used_and_nothing_else()
    {
        var used = ExternalMembers.Of(DeviceCode.Read(CompiledCore.ImageWithModel))
            .Union(ExternalMembers.Of(DeviceCode.Read(File.ReadAllBytes(typeof(HarEdge.DeviceTwin.SimulatedDevice).Assembly.Location))))
            .Order(StringComparer.Ordinal);
        Assert.Equal(used, DeviceMembers.Listed);
    }

    [Fact]
    public void The_device_has_every_listed_member()
    {
        if (ApiFolder() is not { } folder)
        {
            Assert.Skip("HAREDGE_NANOFRAMEWORK_API is not set: the folder of the device's API lists, one XML documentation id a line");
            return;
        }

        var api = Directory.GetFiles(folder, "*.txt").SelectMany(File.ReadLines).Select(line => line.Trim()).ToHashSet();
        Assert.NotEmpty(api);
        Assert.DoesNotContain(DeviceMembers.Listed, member => !api.Contains(member));
    }

    private static string? ApiFolder()
    {
        string? folder = Environment.GetEnvironmentVariable("HAREDGE_NANOFRAMEWORK_API");
        if (string.IsNullOrEmpty(folder) && Environment.GetEnvironmentVariable("HAREDGE_DATA") is { Length: > 0 } data)
        {
            folder = Path.Combine(data, "..", "nanoframework-api");
        }

        return Directory.Exists(folder) ? folder : null;
    }
}
