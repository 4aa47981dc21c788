using System;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>The firmware went to deep sleep, from which the device only starts anew: this unwinds it.</summary>
    internal sealed class DeepSleepException : Exception
    {
        public DeepSleepException()
            : base("the firmware is in deep sleep")
        {
        }
    }
}
