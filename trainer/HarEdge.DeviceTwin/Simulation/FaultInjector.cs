using System;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>Begins a fault, and ends it when its time is over.</summary>
    internal static class FaultInjector
    {
        private const int LateWakeMs = 1000;
        private const int ClockErrorPpm = 50000;

        public static void Begin(TwinMachine machine, SimulatedSensor sensor, DeviceFault fault, long micros, int seed)
        {
            long end = machine.Clock.NowMicros + micros;
            switch (fault)
            {
                case DeviceFault.Nack:
                    Disturb(machine, new BusDisturbance(seed) { NackPerMille = 333 }, end);
                    break;
                case DeviceFault.ShortTransfer:
                    Disturb(machine, new BusDisturbance(seed) { ShortPerMille = 100 }, end);
                    break;
                case DeviceFault.FlippedBit:
                    Disturb(machine, new BusDisturbance(seed) { FlipPerMille = 333 }, end);
                    break;
                case DeviceFault.HungBus:
                    machine.Bus.HoldData(micros, true);
                    break;
                case DeviceFault.ShortedBus:
                    machine.Bus.HoldData(micros, false);
                    break;
                case DeviceFault.BrownOut:
                    sensor.BrownOut();
                    break;
                case DeviceFault.LateWake:
                    machine.OversleepMs = LateWakeMs;
                    break;
                case DeviceFault.FastClock:
                    RunClockOff(machine, sensor, ClockErrorPpm, end);
                    break;
                case DeviceFault.SlowClock:
                    RunClockOff(machine, sensor, -ClockErrorPpm, end);
                    break;
                case DeviceFault.FrozenAxis:
                    sensor.Signal.FrozenChannel = new Random(seed).Next(6);
                    machine.Clock.At(end, () => sensor.Signal.FrozenChannel = -1);
                    break;
                default:
                    machine.Bus.SensorAttached = false;
                    machine.Clock.At(end, () => machine.Bus.SensorAttached = true);
                    break;
            }
        }

        private static void Disturb(TwinMachine machine, BusDisturbance disturbance, long end)
        {
            machine.Bus.Disturbance = disturbance;
            machine.Clock.At(end, () => machine.Bus.Disturbance = null);
        }

        private static void RunClockOff(TwinMachine machine, SimulatedSensor sensor, int ppm, long end)
        {
            sensor.ClockErrorPpm = ppm;
            machine.Clock.At(end, () => sensor.ClockErrorPpm = 0);
        }
    }

    /// <summary>What a long wire does to transfers: seeded, so that the same seed disturbs the same bits.</summary>
    internal sealed class BusDisturbance
    {
        private readonly Random random;

        public BusDisturbance(int seed)
        {
            random = new Random(seed);
        }

        /// <summary>Transfers in a thousand that nobody acknowledges.</summary>
        public int NackPerMille { get; set; }

        /// <summary>Reads in a thousand that end early.</summary>
        public int ShortPerMille { get; set; }

        /// <summary>Of a thousand transfers in one direction, those in which one bit arrives wrong.</summary>
        public int FlipPerMille { get; set; }

        public bool DrawsNack()
        {
            return random.Next(1000) < NackPerMille;
        }

        public bool DrawsShort()
        {
            return random.Next(1000) < ShortPerMille;
        }

        /// <summary>How many of the bytes still arrive.</summary>
        public int DrawLength(int length)
        {
            return random.Next(length);
        }

        /// <summary>Perhaps turns one bit round.</summary>
        public void MayFlip(Span<byte> bytes)
        {
            if (bytes.Length > 0 && random.Next(1000) < FlipPerMille)
            {
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            }
        }
    }
}
