using System;
using HarEdge.Core;
using HarEdge.DeviceTwin.Simulation;
using HarEdge.Firmware;

namespace HarEdge.DeviceTwin
{
    /// <summary>
    /// A wearable without hardware: the firmware's own source on a simulated board with a simulated MPU6050. Time passes only in
    /// <see cref="RunOnce"/> and <see cref="RunFor"/>. Not thread-safe; devices on different threads do not touch each other.
    /// </summary>
    public sealed class SimulatedDevice
    {
        private readonly Classifier model;
        private readonly KnownAnswerSet answers;
        private readonly TwinMachine machine;
        private readonly SimulatedMpu6050 sensor;
        private DeviceLoop loop;

        /// <summary>A device that is not switched on yet.</summary>
        /// <param name="model">The model it carries.</param>
        /// <param name="answers">Known answers for the boot self-test; null for none.</param>
        /// <param name="targetName">Name of the runtime's target: ESP32_REV3, ESP32_S3_ALL, ESP32_C3_REV3.</param>
        public SimulatedDevice(Classifier model, KnownAnswerSet answers = null, string targetName = "ESP32_REV3")
        {
            this.model = model;
            this.answers = answers ?? new NoKnownAnswers();
            machine = new TwinMachine(targetName, OnLine);
            sensor = new SimulatedMpu6050(machine.Clock, 0x68)
            {
                SourceAccelRangeG = model.AccelRangeG,
                SourceGyroRangeDps = model.GyroRangeDps,
            };
            machine.Bus.Sensor = sensor;
        }

        /// <summary>Receives each line of the console, without its terminator.</summary>
        public event Action<string> LineWritten;

        /// <summary>Receives each decision, just after its line.</summary>
        public event Action<TwinDecision> Decided;

        /// <summary>Time since power-on.</summary>
        public TimeSpan Elapsed
        {
            get { return TimeSpan.FromMilliseconds(machine.Clock.NowMicros / 1000.0); }
        }

        /// <summary>True when the motion source has ended and every sample of it has been read.</summary>
        public bool MotionEnded
        {
            get { return sensor.SourceEnded && sensor.Fifo.Count == 0; }
        }

        /// <summary>True when the boot self-test failed: the device refuses to report activities.</summary>
        public bool IsHalted
        {
            get { return loop.IsHalted; }
        }

        /// <summary>Whether the sensor is wired; while it is not, nobody answers on the bus.</summary>
        public bool SensorAttached
        {
            get { return machine.Bus.SensorAttached; }
            set { machine.Bus.SensorAttached = value; }
        }

        /// <summary>Switches on: banner and self-test. <see cref="RunFor"/> then goes on from there.</summary>
        public void Boot()
        {
            machine.Run(() =>
            {
                Board board = Board.Detect();
                loop = Program.Wire(model, board);
                loop.Boot(board, answers);
            });
        }

        /// <summary>The wearer now moves like this, from the moment the device next starts to sample.</summary>
        /// <param name="motion">Samples in counts of the model's ranges, 50 a second.</param>
        public void Wear(IMotionSource motion)
        {
            sensor.Feel(motion);
        }

        /// <summary>One turn of the firmware's loop: it sleeps until samples are due, reads and steps them.</summary>
        public void RunOnce()
        {
            machine.Run(loop.RunOnce);
        }

        /// <summary>Runs for at least this long, in whole turns of the loop.</summary>
        public void RunFor(TimeSpan time)
        {
            TimeSpan end = Elapsed + time;
            while (Elapsed < end)
            {
                RunOnce();
            }
        }

        private void OnLine(string line)
        {
            LineWritten?.Invoke(line);
            if (line.StartsWith("$HD", StringComparison.Ordinal))
            {
                Decided?.Invoke(Snapshot());
            }
        }

        private TwinDecision Snapshot()
        {
            Pipeline pipeline = loop.Pipeline;
            return new TwinDecision(
                (int)sensor.SourceIndexOf(loop.SamplesSinceRestart - model.WindowSamples),
                (int[])pipeline.Features.Clone(),
                (int[])pipeline.Scores.Clone(),
                pipeline.Stage,
                pipeline.WindowClass,
                pipeline.Decision,
                pipeline.Margin,
                pipeline.ConfidencePercent,
                machine.TickMs);
        }
    }
}
