using HarEdge.DeviceTwin.Simulation;

namespace nanoFramework.Hardware.Esp32
{
    /// <summary>Peripheral lines a pin can be given to.</summary>
    internal enum DeviceFunction
    {
        I2C1_DATA = 131072,
        I2C1_CLOCK = 131073,
    }

    /// <summary>The pin multiplexer.</summary>
    internal static class Configuration
    {
        public static void SetPinFunction(int pin, DeviceFunction function)
        {
            TwinMachine.Current.Pins.Assign(pin, function);
        }
    }
}
