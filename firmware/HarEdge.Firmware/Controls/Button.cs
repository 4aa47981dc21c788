using System;
using System.Device.Gpio;

namespace HarEdge.Firmware
{
    /// <summary>
    /// The button, BOOT or A, the one input there is on one cable. Comes in: edges, by interrupt; or levels, where the board sleeps lightly and edges are
    /// lost. Goes out: presses, to be taken once. Low while pressed.
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

        // Counted by one thread alone, that of interrupts or the loop's, and taken by the loop alone: no press is lost between reading and clearing a flag.
        private int shortPresses;
        private int longPresses;
        private int shortTaken;
        private int longTaken;

        /// <param name="board">Its button, with a pull-up of its own on a wearable: pins above 33 of the ESP32 have none.</param>
        /// <param name="isPolled">
        /// Whether <see cref="Poll"/> reads it, and no interrupt. Not both: the runtime drops an edge to the level it saw last, so after a falling edge lost
        /// in light sleep no rising edge comes either (nf-interpreter, cpu_gpio.cpp, gpio_isr).
        /// </param>
        public Button(Board board, bool isPolled)
        {
            pin = new GpioController().OpenPin(board.ButtonPin, board.IsWearable ? PinMode.Input : PinMode.InputPullUp);
            if (!isPolled)
            {
                pin.ValueChanged += OnChanged;
            }
        }

        /// <summary>Whether it is held.</summary>
        public bool IsDown
        {
            get { return downSinceMs != 0; }
        }

        /// <summary>Reads its level.</summary>
        /// <param name="nowMs">Time that goes on in light sleep.</param>
        public void Poll(long nowMs)
        {
            Note(pin.Read() == PinValue.Low, nowMs);
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
            Note(e.ChangeType == PinEventTypes.Falling, Environment.TickCount64);
        }

        private void Note(bool isDown, long nowMs)
        {
            if (isDown)
            {
                downSinceMs = IsDown ? downSinceMs : nowMs;
                return;
            }

            long heldMs = nowMs - downSinceMs;
            longPresses += IsDown && heldMs >= LongPressMs ? 1 : 0;
            shortPresses += IsDown && heldMs >= ShortestPressMs && heldMs < LongPressMs ? 1 : 0;
            downSinceMs = 0;
        }
    }
}
