using System;
using HarEdge.DeviceTwin.Simulation;

namespace nanoFramework.Runtime.Native
{
    /// <summary>How thorough a reboot is.</summary>
    internal enum RebootOption
    {
        NormalReboot = 0,
    }

    /// <summary>Reboots; on the device that does not return.</summary>
    internal static class Power
    {
        public static void RebootDevice(RebootOption rebootOption)
        {
            TwinMachine.Current.IsRebooting = rebootOption == RebootOption.NormalReboot;
        }
    }

    /// <summary>The clock that deep sleep and reboot leave alone.</summary>
    internal static class Rtc
    {
        public static bool SetSystemTime(HarEdge.Firmware.DateTime dateTime)
        {
            TwinMachine.Current.UtcTicks = dateTime.Ticks;
            return true;
        }
    }

    /// <summary>What the runtime says about itself.</summary>
    internal static class SystemInfo
    {
        public static string TargetName
        {
            get { return TwinMachine.Current.TargetName; }
        }

        /// <summary>No real image has this version.</summary>
        public static System.Version Version
        {
            get { return new System.Version(0, 0, 0, 0); }
        }
    }

    /// <summary>The runtime's garbage collector.</summary>
    internal static class GC
    {
        /// <summary>The twin has no managed heap of the device to measure: it always says the same.</summary>
        public static uint Run(bool compactHeap)
        {
            _ = compactHeap;
            return TwinMachine.FreeBytes;
        }
    }
}

namespace nanoFramework.Hardware.Esp32
{
    /// <summary>Peripheral lines a pin can be given to.</summary>
    internal enum DeviceFunction
    {
        I2C1_DATA = 131072,
        I2C1_CLOCK = 131073,
        COM2_TX = 196864,
        COM2_RX = 196865,
    }

    /// <summary>What ESP-IDF answers.</summary>
    internal enum EspNativeError
    {
        OK = 0,
        INVALID_STATE = 0x103,
    }

    /// <summary>The pin multiplexer.</summary>
    internal static class Configuration
    {
        public static void SetPinFunction(int pin, DeviceFunction function)
        {
            TwinMachine.Current.Pins.Assign(pin, function);
        }
    }

    /// <summary>Sleep modes.</summary>
    internal static class Sleep
    {
        /// <summary>Pins that can wake the chip.</summary>
        [Flags]
        public enum WakeupGpioPin : ulong
        {
            None = 0,
            Pin4 = 1UL << 4,
            Pin33 = 1UL << 33,
            Pin35 = 1UL << 35,
        }

        /// <summary>What ended the last sleep.</summary>
        public enum WakeupCause
        {
            Undefined = 0,
            Ext0 = 2,
            Timer = 4,
        }

        public static EspNativeError EnableWakeupByTimer(TimeSpan time)
        {
            TwinMachine.Current.TimerMicros = time.Ticks / 10;
            return EspNativeError.OK;
        }

        public static EspNativeError EnableWakeupByPin(WakeupGpioPin pin, int level)
        {
            TwinMachine.Current.WakesByPin = pin != WakeupGpioPin.None;
            TwinMachine.Current.WakesByHigh = level == 1;
            return EspNativeError.OK;
        }

        public static EspNativeError StartLightSleep()
        {
            return TwinMachine.Current.TrySleepLightly() ? EspNativeError.OK : EspNativeError.INVALID_STATE;
        }

        public static void StartDeepSleep()
        {
            TwinMachine.Current.IsAsleep = true;
        }

        public static WakeupCause GetWakeupCause()
        {
            TwinMachine machine = TwinMachine.Current;
            return machine.ReportsWakeupCause ? machine.WokenBy : throw new NotSupportedException("this runtime does not report the cause");
        }
    }
}
