using System;

namespace HarEdge.DeviceTwin.Shims
{
    /// <summary>
    /// Marks a stand-in that cannot bear the device type's full name because the desktop has a type of that name. It lives in the
    /// firmware's own namespace, where the compiler finds it before the desktop's: the firmware source stays the same.
    /// </summary>
    [AttributeUsage(AttributeTargets.Class)]
    internal sealed class StandsForAttribute : Attribute
    {
        public StandsForAttribute(string deviceType)
        {
            DeviceType = deviceType;
        }

        /// <summary>Full name of the type on the device.</summary>
        public string DeviceType { get; }
    }
}
