using System;
using System.Collections.Generic;
using HarEdge.Core;
using HarEdge.DeviceTwin.Simulation;
using HarEdge.Firmware;

namespace HarEdge.DeviceTwin
{
    /// <summary>
    /// Plays a recording to a <see cref="SimulatedDevice"/> and collects what it says. A hole between two runs is a sensor whose wire
    /// came off: the device loses it, finds it again, and starts a new window with the first sample of the next run. So each run gives
    /// the same windows as its samples alone through Pipeline.
    /// </summary>
    public static class TwinRun
    {
        // Meanwhile the chip measures the next run, which begins anew when the device throws that away.
        private static readonly TimeSpan HoleLength = TimeSpan.FromSeconds(2);

        /// <summary>Runs the device over a whole recording.</summary>
        /// <param name="model">The model the device carries.</param>
        /// <param name="channels">Six channels ax ay az gx gy gz, counts of the model's ranges at 50 Hz.</param>
        /// <param name="runs">Contiguous stretches [start, end), ascending; samples outside are not read.</param>
        /// <param name="answers">Known answers for the boot self-test; null for none.</param>
        /// <param name="options">Board, sensor and settings; null for <see cref="TwinOptions.ForRecordings"/>.</param>
        public static TwinRunResult Play(
            Classifier model,
            short[][] channels,
            IReadOnlyList<(int Start, int End)> runs,
            KnownAnswerSet answers = null,
            TwinOptions options = null)
        {
            return Play(model, channels, runs, answers, options, _ => HoleLength);
        }

        /// <summary>Runs the device over a whole recording, with holes of given lengths.</summary>
        /// <param name="holeBefore">How long the wire stays off before a run, counted from 0, after the device has noticed.</param>
        internal static TwinRunResult Play(
            Classifier model,
            short[][] channels,
            IReadOnlyList<(int Start, int End)> runs,
            KnownAnswerSet answers,
            TwinOptions options,
            Func<int, TimeSpan> holeBefore)
        {
            List<TwinDecision> decisions = new List<TwinDecision>();
            List<string> lines = new List<string>();
            int runStart = 0;
            int runEnd = 0;
            SimulatedDevice device = new SimulatedDevice(model, answers, options ?? TwinOptions.ForRecordings);
            device.LineWritten += lines.Add;
            device.Decided += decision =>
            {
                // The chip goes on after the run, until the wire is off.
                if (runStart + decision.StartSample + model.WindowSamples <= runEnd)
                {
                    decisions.Add(decision with { StartSample = runStart + decision.StartSample });
                }
            };
            device.Boot();
            for (int run = 0; run < runs.Count; run++)
            {
                (int start, int end) = runs[run];
                if (start < 0 || end < start || end > channels[0].Length)
                {
                    throw new ArgumentOutOfRangeException(nameof(runs), $"run [{start}, {end}) reaches beyond the {channels[0].Length} samples");
                }

                runStart = start;
                runEnd = end;
                device.Wear(new RecordingSource(channels, start, end));
                device.Machine.Clock.Advance(holeBefore(run).Ticks / TimeSpan.TicksPerMicrosecond);
                device.SensorAttached = true;
                while (!device.MotionEnded && !device.IsHalted)
                {
                    device.RunOnce();
                }

                PullWire(device);
            }

            return new TwinRunResult(decisions, lines, device.Elapsed, device.Machine.Bus.Reads, device.Machine.Bus.Writes);
        }

        // A wire that came back before the device looked would be no hole to it: its window would span the two runs.
        private static void PullWire(SimulatedDevice device)
        {
            device.SensorAttached = false;
            do
            {
                device.RunOnce();
            }
            while (device.Loop.Acquisition.IsSampling);
        }
    }

    /// <summary>What a device said about a recording.</summary>
    /// <param name="Decisions">In order of time.</param>
    /// <param name="Lines">Every line of the console.</param>
    /// <param name="Elapsed">Simulated time from power-on to the end.</param>
    /// <param name="BusReads">I2C transfers that read, each of which makes garbage on the device.</param>
    /// <param name="BusWrites">I2C transfers that only wrote.</param>
    public sealed record TwinRunResult(
        IReadOnlyList<TwinDecision> Decisions, IReadOnlyList<string> Lines, TimeSpan Elapsed, long BusReads, long BusWrites);

    /// <summary>One decision of the twin with everything it was made from; the arrays are copies.</summary>
    /// <param name="StartSample">First sample of the window within the recording.</param>
    /// <param name="Features">Features in the model's own numbering; 0 where the stage needed none.</param>
    /// <param name="Scores">Class scores, or Classifier.NotScored.</param>
    /// <param name="Stage">The stage the gate chose.</param>
    /// <param name="WindowClass">Best class of this window alone.</param>
    /// <param name="Decision">The activity after the temporal filter, or Classifier.Unknown.</param>
    /// <param name="Margin">Best score minus second best.</param>
    /// <param name="ConfidencePercent">Calibrated probability of WindowClass.</param>
    /// <param name="ElapsedMs">Time since power-on when the decision was printed.</param>
    public sealed record TwinDecision(
        int StartSample,
        int[] Features,
        int[] Scores,
        int Stage,
        int WindowClass,
        int Decision,
        int Margin,
        int ConfidencePercent,
        long ElapsedMs);

    /// <summary>For models that came without known answers: the boot self-test checks nothing.</summary>
    internal sealed class NoKnownAnswers : KnownAnswerSet
    {
        public override int Count
        {
            get { return 0; }
        }

        public override short[] Samples(int index)
        {
            throw new ArgumentOutOfRangeException(nameof(index));
        }

        public override int[] Features(int index)
        {
            throw new ArgumentOutOfRangeException(nameof(index));
        }

        public override int[] Scores(int index)
        {
            throw new ArgumentOutOfRangeException(nameof(index));
        }

        public override int Stage(int index)
        {
            throw new ArgumentOutOfRangeException(nameof(index));
        }

        public override int WindowClass(int index)
        {
            throw new ArgumentOutOfRangeException(nameof(index));
        }
    }

    /// <summary>The bring-up program's own source on a simulated board, with a stand-in for the class it reads the sensor through.</summary>
    internal sealed class SimulatedBringUp
    {
        private const int TurnMs = 1000;

        private readonly string kind;
        private BringUp.Program program;

        /// <param name="options">Board and sensor.</param>
        /// <param name="onLine">Receives each line of the console, without its terminator.</param>
        public SimulatedBringUp(TwinOptions options, Action<string> onLine)
        {
            Machine = new TwinMachine(options.TargetName, onLine);
            Sensor = SimulatedSensor.Of(Machine.Clock, options.SensorIdentity, null);
            Machine.Bus.Sensor = Sensor;
            kind = options.BoardKind;
        }

        /// <summary>Board and bus, for what is wired otherwise than it should.</summary>
        public TwinMachine Machine { get; }

        /// <summary>The chip.</summary>
        public SimulatedSensor Sensor { get; }

        /// <summary>Switches on, or resets.</summary>
        public void Boot()
        {
            Machine.PowerUp();
            Machine.Run(() => program = new BringUp.Program(Board.Detect(kind)));
        }

        /// <summary>Runs for so many turns, one a second.</summary>
        public void Run(int turns)
        {
            for (int i = 0; i < turns; i++)
            {
                Machine.Run(program.RunOnce);
                Machine.Clock.AdvanceMs(TurnMs);
            }
        }
    }
}
