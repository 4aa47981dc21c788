using System;
using System.Runtime.ExceptionServices;
using HarEdge.Core;
using HarEdge.DeviceTwin.Simulation;
using HarEdge.Firmware;
using nanoFramework.Hardware.Esp32;

namespace HarEdge.DeviceTwin
{
    /// <summary>
    /// A wearable without hardware: the firmware's own source on a simulated board with a simulated MPU6050. Time passes only in
    /// <see cref="RunOnce"/> and <see cref="RunFor"/>. Not thread-safe; devices on different threads do not touch each other.
    /// </summary>
    public sealed class SimulatedDevice
    {
        // How often a sleeping board's wake-up pin is examined.
        private const int SleepStepMs = 100;

        private readonly Classifier model;
        private readonly KnownAnswerSet answers;
        private readonly TwinOptions options;
        private readonly TwinMachine machine;
        private readonly SimulatedSensor sensor;
        private Board board;
        private Supervisor supervisor;
        private long wakesAtMicros;
        private ExceptionDispatchInfo listenersError;

        /// <summary>A device that is not switched on yet.</summary>
        /// <param name="model">The model it carries.</param>
        /// <param name="answers">Known answers for the boot self-test; null for none.</param>
        /// <param name="options">Board, sensor and settings; null for the usual ones.</param>
        public SimulatedDevice(Classifier model, KnownAnswerSet answers = null, TwinOptions options = null)
        {
            this.model = model;
            this.answers = answers ?? new NoKnownAnswers();
            this.options = options ?? new TwinOptions();
            machine = new TwinMachine(this.options.TargetName, OnLine);
            sensor = SimulatedSensor.Of(machine.Clock, this.options.SensorIdentity, this.options.SensorVariant);
            sensor.Signal.SourceAccelRangeG = model.AccelRangeG;
            sensor.Signal.SourceGyroRangeDps = model.GyroRangeDps;
            machine.Bus.Sensor = sensor;
        }

        /// <summary>Receives each line of the console, without its terminator.</summary>
        public event Action<string> LineWritten;

        /// <summary>Receives each decision, just after its line.</summary>
        public event Action<TwinDecision> Decided;

        /// <summary>Time since the simulation began.</summary>
        public TimeSpan Elapsed
        {
            get { return TimeSpan.FromMilliseconds(machine.Clock.NowMicros / 1000.0); }
        }

        /// <summary>True when the motion source has ended and every sample of it has been read.</summary>
        public bool MotionEnded
        {
            get { return sensor.SourceEnded; }
        }

        /// <summary>True when the boot self-test failed: the device refuses to report activities.</summary>
        public bool IsHalted
        {
            get { return Loop.IsHalted; }
        }

        /// <summary>True in deep sleep, until the sensor feels motion or the timer is over.</summary>
        public bool IsAsleep
        {
            get { return machine.IsAsleep; }
        }

        /// <summary>Whether the sensor is wired; while it is not, nobody answers on the bus.</summary>
        public bool SensorAttached
        {
            get { return machine.Bus.SensorAttached; }
            set { machine.Bus.SensorAttached = value; }
        }

        /// <summary>The parts behind, for tests in this repository.</summary>
        internal SimulatedSensor Sensor
        {
            get { return sensor; }
        }

        // Where nobody drives the line the board's pull-down or pull-up does.
        private bool IsInterruptHigh
        {
            get { return options.IsInterruptWired && machine.Bus.SensorAttached ? sensor.IsInterruptHigh : board.IsInterruptLow; }
        }

        internal TwinMachine Machine
        {
            get { return machine; }
        }

        internal DeviceLoop Loop
        {
            get { return supervisor.Loop; }
        }

        /// <summary>Switches on, or resets: banner and self-test. <see cref="RunFor"/> then goes on from there.</summary>
        public void Boot()
        {
            machine.PowerUp();
            Start();
        }

        /// <summary>The wearer now moves like this, from the moment the device next starts to sample.</summary>
        /// <param name="motion">Samples in counts of the model's ranges, 50 a second.</param>
        public void Wear(IMotionSource motion)
        {
            sensor.Feel(motion);
        }

        /// <summary>Presses the BOOT button now; the edges come as time passes.</summary>
        /// <param name="held">How long; 1.5 s and more are a long press.</param>
        public void Press(TimeSpan held)
        {
            long now = machine.Clock.NowMicros;
            machine.Clock.At(now, () => machine.Pins.Pull(board.ButtonPin, true));
            machine.Clock.At(now + held.Ticks / 10, () => machine.Pins.Pull(board.ButtonPin, false));
        }

        /// <summary>Sends bytes to the second UART.</summary>
        public void Send(ReadOnlySpan<byte> bytes)
        {
            foreach (byte value in bytes)
            {
                machine.CommandBytes.Enqueue(value);
            }
        }

        /// <summary>Something goes wrong, now and for a while.</summary>
        /// <param name="fault">What.</param>
        /// <param name="duration">How long; <see cref="DeviceFault.BrownOut"/> and <see cref="DeviceFault.LateWake"/> are momentary.</param>
        /// <param name="seed">Decides which transfers, bits or axes are hit.</param>
        public void Inject(DeviceFault fault, TimeSpan duration, int seed)
        {
            FaultInjector.Begin(machine, sensor, fault, duration.Ticks / 10, seed);
        }

        /// <summary>One turn of the firmware's loop: it sleeps until samples are due, reads and steps them.</summary>
        public void RunOnce()
        {
            if (IsAsleep)
            {
                SleepOn();
                return;
            }

            Run(supervisor.RunOnce);
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

        private DeviceSettings Settings()
        {
            return new DeviceSettings
            {
                BoardKind = options.BoardKind,
                TracksGyroBias = options.TracksGyroBias,
                SleepsLightly = options.SleepsLightly,
                DeepSleepAfterMinutes = options.DeepSleepAfterMinutes,
                HasCommandPort = options.HasCommandPort,
                DetectsFrozenChannels = options.DetectsFrozenChannels,
            };
        }

        private void Start()
        {
            Run(() =>
            {
                board = Board.Detect(options.BoardKind);
                machine.Bus.PowerChip = machine.Bus.PowerChip ?? (board.IsWearable ? PowerChipAtStart() : null);
                machine.Pins.InterruptPin = board.MotionPin;
                machine.Pins.IsInterruptHigh = () => IsInterruptHigh;
                supervisor = new Supervisor(model, answers, Settings());
                supervisor.RunOnce();
            });
        }

        // M5Stack's bootloader leaves supply, screen and backlight on: bits 0, 2, 3, 6 (m5stack/M5StickC-Plus src/AXP192.cpp).
        private static byte[] PowerChipAtStart()
        {
            byte[] registers = new byte[256];
            registers[0x12] = 0x4D;
            return registers;
        }

        // On the device neither deep sleep nor reboot returns; here they take effect at the end of the turn.
        private void Run(Action firmware)
        {
            machine.Run(firmware);
            if (listenersError != null)
            {
                ExceptionDispatchInfo error = listenersError;
                listenersError = null;
                error.Throw();
            }

            if (machine.IsAsleep)
            {
                wakesAtMicros = machine.TimerMicros > 0 ? machine.Clock.NowMicros + machine.TimerMicros : long.MaxValue;
            }
            else if (machine.IsRebooting)
            {
                machine.Reset(Sleep.WakeupCause.Undefined);
                Start();
            }
        }

        private void SleepOn()
        {
            machine.Clock.AdvanceMs(SleepStepMs);
            bool isMoved = machine.WakesByPin && IsInterruptHigh == machine.WakesByHigh;
            if (isMoved || machine.Clock.NowMicros >= wakesAtMicros)
            {
                machine.Reset(isMoved ? Sleep.WakeupCause.Ext0 : Sleep.WakeupCause.Timer);
                Start();
            }
        }

        // What a listener throws is not the firmware's to catch: it comes out of the turn.
        private void OnLine(string line)
        {
            try
            {
                LineWritten?.Invoke(line);
                if (Decided != null && line.StartsWith("$HD", StringComparison.Ordinal))
                {
                    Decided(Snapshot());
                }
            }
            catch (Exception e)
            {
                listenersError = ExceptionDispatchInfo.Capture(e);
            }
        }

        // Live, the window's first sample is counted from the FIFO's last reset; replayed, there is no such sample.
        private TwinDecision Snapshot()
        {
            DeviceLoop loop = Loop;
            Pipeline pipeline = loop.Pipeline;
            int lastSample = loop.Acquisition.SamplesSinceStart - loop.SamplesAhead;
            return new TwinDecision(
                lastSample < model.WindowSamples ? -1 : (int)sensor.SourceIndexOf(lastSample - model.WindowSamples),
                (int[])pipeline.Features.Clone(),
                (int[])pipeline.Scores.Clone(),
                pipeline.Stage,
                pipeline.WindowClass,
                pipeline.Decision,
                pipeline.Margin,
                pipeline.ConfidencePercent,
                machine.Clock.NowMicros / 1000);
        }
    }
}
