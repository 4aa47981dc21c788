using System.Reflection;
using HarEdge.DeviceTwin;
using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Portability.Subset;

namespace HarEdge.Trainer.Cost;

/// <summary>What the firmware's own code takes, read from the device twin: the same source, wired and booted with a model, without the optional port.</summary>
/// <param name="IlBytes">IL of HarEdge.Firmware.</param>
/// <param name="RamBytes">Objects and arrays the booted firmware holds, the pipeline's included, and all static fields of Core and firmware.</param>
internal sealed record FirmwareFootprint(int IlBytes, int RamBytes)
{
    /// <summary>Boots the firmware with a generated model and looks at what it holds.</summary>
    public static FirmwareFootprint Of(string modelSource)
    {
        using var model = GeneratedModelCompiler.Compile(modelSource);
        var device = new SimulatedDevice(model.Classifier, null, new TwinOptions { HasCommandPort = false });
        device.Boot();
        object loop = typeof(SimulatedDevice).GetField("loop", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(device)!;
        Assembly twin = typeof(SimulatedDevice).Assembly;
        DeviceCode firmware = DeviceCode.Read(File.ReadAllBytes(twin.Location));
        return new FirmwareFootprint(
            firmware.Methods.Where(method => method.HasBody).Sum(method => method.Body.CodeSize),
            HeapBytes.OfGraph(loop) + HeapBytes.OfStatics(twin) + HeapBytes.OfStatics(typeof(HarEdge.Core.Pipeline).Assembly));
    }
}
