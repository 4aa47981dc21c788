using System;
using System.Collections.Generic;
using System.Device.Gpio;
using nanoFramework.Hardware.Esp32;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>The board's pins: which peripheral they serve, who pulls them low, who listens.</summary>
    internal sealed class SimulatedPins
    {
        private readonly Dictionary<DeviceFunction, int> assigned = new Dictionary<DeviceFunction, int>();
        private readonly Dictionary<int, GpioPin> open = new Dictionary<int, GpioPin>();
        private readonly HashSet<int> heldLow = new HashSet<int>();

        // As the runtime last saw them: it passes no edge on to the level it knows (nf-interpreter, cpu_gpio.cpp).
        private readonly HashSet<int> seenLow = new HashSet<int>();
        private readonly SimulatedI2cBus bus;

        public SimulatedPins(SimulatedI2cBus bus)
        {
            this.bus = bus;
        }

        public void Assign(int pin, DeviceFunction function)
        {
            assigned[function] = pin;
        }

        /// <summary>Whether a peripheral has a pin.</summary>
        public bool IsAssigned(DeviceFunction function)
        {
            return assigned.ContainsKey(function);
        }

        /// <summary>Whether the I2C driver has its data line at a pin; −1 stands for any.</summary>
        public bool IsDataAt(int pin)
        {
            return pin < 0 || (assigned.TryGetValue(DeviceFunction.I2C1_DATA, out int data) && data == pin);
        }

        /// <summary>Whether the I2C driver can have its pins: it refuses when they are open as plain pins.</summary>
        public bool AreI2cPinsFree
        {
            get { return !IsOpen(DeviceFunction.I2C1_DATA) && !IsOpen(DeviceFunction.I2C1_CLOCK); }
        }

        /// <summary>Whether the processor sleeps lightly: no edge arrives.</summary>
        public bool MissesEdges { get; set; }

        public bool TryOpen(GpioPin pin)
        {
            See(pin.PinNumber);
            return open.TryAdd(pin.PinNumber, pin);
        }

        public bool TryClose(int pin)
        {
            return open.Remove(pin);
        }

        /// <summary>Pin of the sensor's INT, or of nothing.</summary>
        public int InterruptPin { get; set; }

        /// <summary>Level of INT at the board; low where the wire is open, for the pin is pulled down.</summary>
        public Func<bool> IsInterruptHigh { get; set; }

        /// <summary>The level the board sees.</summary>
        public bool IsHigh(int pin)
        {
            if (pin == InterruptPin && IsInterruptHigh != null)
            {
                return IsInterruptHigh();
            }

            bool isStuckData = assigned.TryGetValue(DeviceFunction.I2C1_DATA, out int data) && data == pin && bus.IsDataStuck;
            return !isStuckData && !heldLow.Contains(pin);
        }

        /// <summary>The firmware drives a pin; a rising clock line may free a stuck bus.</summary>
        public void Drive(int pin, bool high)
        {
            bool isClock = assigned.TryGetValue(DeviceFunction.I2C1_CLOCK, out int clock) && clock == pin;
            if (isClock && high)
            {
                bus.ClockByHand();
            }
        }

        /// <summary>Someone outside pulls a pin low or lets it go: edges reach whoever opened it.</summary>
        public void Pull(int pin, bool low)
        {
            bool changed = low ? heldLow.Add(pin) : heldLow.Remove(pin);
            if (changed && !MissesEdges && See(pin) && open.TryGetValue(pin, out GpioPin listener))
            {
                listener.Notify(low ? PinEventTypes.Falling : PinEventTypes.Rising);
            }
        }

        /// <summary>After a reset no pin is open or assigned.</summary>
        public void Release()
        {
            assigned.Clear();
            open.Clear();
        }

        private bool See(int pin)
        {
            return heldLow.Contains(pin) ? seenLow.Add(pin) : seenLow.Remove(pin);
        }

        private bool IsOpen(DeviceFunction function)
        {
            return assigned.TryGetValue(function, out int pin) && open.ContainsKey(pin);
        }
    }
}
