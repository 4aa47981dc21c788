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

        // 0 while it is up; no edge comes in the first millisecond after power-on.
        private long downSinceMs;

        // Counted by the thread of interrupts alone, and taken by the loop alone: no press is lost between reading and clearing a flag.
        private int shortPresses;
        private int longPresses;
        private int shortTaken;
        private int longTaken;

        public Button(int pinNumber)
        {
            pin = new GpioController().OpenPin(pinNumber, PinMode.InputPullUp);
            pin.ValueChanged += OnChanged;
        }

        /// <summary>Whether it is held: no edge may be lost now.</summary>
        public bool IsDown
        {
            get { return downSinceMs != 0; }
        }

        /// <summary>After a light sleep, in which edges are lost: a press that is still held begins now.</summary>
        public void NoteWake()
        {
            if (!IsDown && pin.Read() == PinValue.Low)
            {
                downSinceMs = Environment.TickCount64;
            }
        }

        /// <summary>True once for each short press.</summary>
        public bool TakeShortPress()
        {
            bool isNew = shortTaken != shortPresses;
            shortTaken += isNew ? 1 : 0;
            return isNew;
        }

        /// <summary>True once for each long press.</summary>
        public bool TakeLongPress()
        {
            bool isNew = longTaken != longPresses;
            longTaken += isNew ? 1 : 0;
            return isNew;
        }

        private void OnChanged(object sender, PinValueChangedEventArgs e)
        {
            if (e.ChangeType == PinEventTypes.Falling)
            {
                downSinceMs = IsDown ? downSinceMs : Environment.TickCount64;
                return;
            }

            long heldMs = Environment.TickCount64 - downSinceMs;
            longPresses += IsDown && heldMs >= LongPressMs ? 1 : 0;
            shortPresses += IsDown && heldMs >= ShortestPressMs && heldMs < LongPressMs ? 1 : 0;
            downSinceMs = 0;
        }
    }
}
