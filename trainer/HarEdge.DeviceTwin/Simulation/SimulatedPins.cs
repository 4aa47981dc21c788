using System.Collections.Generic;
using nanoFramework.Hardware.Esp32;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>Which pin serves which peripheral.</summary>
    internal sealed class SimulatedPins
    {
        private readonly Dictionary<DeviceFunction, int> assigned = new Dictionary<DeviceFunction, int>();

        public void Assign(int pin, DeviceFunction function)
        {
            assigned[function] = pin;
        }

        /// <summary>Whether a peripheral has a pin.</summary>
        public bool IsAssigned(DeviceFunction function)
        {
            return assigned.ContainsKey(function);
        }
    }
}
