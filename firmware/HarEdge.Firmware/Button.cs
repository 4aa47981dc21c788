using System;
using System.Device.Gpio;

namespace HarEdge.Firmware
{
    /// <summary>
    /// The BOOT button, the one input there is on one cable. Comes in: edges, by interrupt. Goes out: presses, to be taken once. Low
    /// while pressed.
    /// </summary>
    internal sealed class Button
    {
        /// <summary>From here on a press is long.</summary>
        public const int LongPressMs = 1500;

        // Contacts bounce for a few milliseconds.
        private const int ShortestPressMs = 30;

        private readonly GpioPin pin;
        private bool isDown;
        private long downSinceMs;
        private bool shortPress;
        private bool longPress;

        public Button(int pinNumber)
        {
            pin = new GpioController().OpenPin(pinNumber, PinMode.InputPullUp);
            pin.ValueChanged += OnChanged;
        }

        /// <summary>True once after each short press.</summary>
        public bool TakeShortPress()
        {
            bool taken = shortPress;
            shortPress = false;
            return taken;
        }

        /// <summary>True once after each long press.</summary>
        public bool TakeLongPress()
        {
            bool taken = longPress;
            longPress = false;
            return taken;
        }

        private void OnChanged(object sender, PinValueChangedEventArgs e)
        {
            if (e.ChangeType == PinEventTypes.Falling)
            {
                downSinceMs = isDown ? downSinceMs : Environment.TickCount64;
                isDown = true;
                return;
            }

            long heldMs = Environment.TickCount64 - downSinceMs;
            longPress |= isDown && heldMs >= LongPressMs;
            shortPress |= isDown && heldMs >= ShortestPressMs && heldMs < LongPressMs;
            isDown = false;
        }
    }
}
