using System;
using System.Collections.Generic;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>Time that passes only when someone waits: hours run in seconds. What is scheduled happens on the way, in order.</summary>
    public sealed class SimulatedClock
    {
        private readonly PriorityQueue<Action, (long Micros, long Order)> agenda = new PriorityQueue<Action, (long Micros, long Order)>();
        private long scheduled;

        /// <summary>Microseconds since the simulation began.</summary>
        public long NowMicros { get; private set; }

        /// <summary>Lets time pass.</summary>
        public void AdvanceMs(long milliseconds)
        {
            Advance(milliseconds * 1000);
        }

        /// <summary>Lets time pass.</summary>
        /// <param name="micros">Microseconds, 0 or more.</param>
        public void Advance(long micros)
        {
            long end = NowMicros + micros;
            while (agenda.TryPeek(out _, out (long Micros, long Order) due) && due.Micros <= end)
            {
                Action happening = agenda.Dequeue();
                NowMicros = Math.Max(NowMicros, due.Micros);
                happening();
            }

            NowMicros = Math.Max(NowMicros, end);
        }

        /// <summary>Has something happen at a time; at once with the next wait when that time is over.</summary>
        public void At(long micros, Action happening)
        {
            agenda.Enqueue(happening, (micros, scheduled++));
        }
    }
}
