using System;
using HarEdge.Core;

namespace HarEdge.Firmware
{
    /// <summary>
    /// Everything the device says, in the grammar of docs/SPEC.md: one method a record. A line is built in one buffer and leaves as one
    /// string, the only object it makes here.
    /// </summary>
    internal sealed class SerialConsole
    {
        /// <summary>Version of the grammar.</summary>
        public const int ProtocolVersion = 2;

        /// <summary>Version of this firmware.</summary>
        public const string FirmwareVersion = "0.1.0";

        private readonly TelemetryLine line = new TelemetryLine();

        /// <summary>$HB and one $HN a class: who speaks, with which model, and what its class numbers mean.</summary>
        /// <param name="board">The board.</param>
        /// <param name="model">The model.</param>
        /// <param name="start">Why the board booted, a word of <see cref="BootReason"/>.</param>
        /// <param name="target">Name of the runtime's target.</param>
        /// <param name="runtime">Version of the runtime.</param>
        public void Banner(Board board, Classifier model, string start, string target, string runtime)
        {
            line.Begin('B');
            line.Add(ProtocolVersion);
            line.Add(FirmwareVersion);
            line.Add(model.ModelId);
            line.Add(board.Name);
            line.Add(model.WindowSamples);
            line.Add(model.HopSamples);
            line.Add(SensorScale.SampleRateHz);
            line.Add(model.AccelRangeG);
            line.Add(model.GyroRangeDps);
            line.Add(model.ClassCount);
            line.Add(start);
            line.Add(target);
            line.Add(runtime);
            Send();
            for (int i = 0; i < model.ClassCount; i++)
            {
                line.Begin('N');
                line.Add(i);
                line.Add(model.ClassName(i));
                Send();
            }
        }

        /// <summary>$HD: one window, one decision.</summary>
        /// <param name="pipeline">Just after it decided.</param>
        /// <param name="samples">Number of the window's last sample.</param>
        /// <param name="model">Names the decision.</param>
        public void Decision(Pipeline pipeline, int samples, Classifier model)
        {
            line.Begin('D');
            line.Add(samples);
            line.Add(pipeline.Decision);
            line.Add(pipeline.WindowClass);
            line.Add(pipeline.ConfidencePercent);
            line.Add(pipeline.Margin);
            line.Add(pipeline.Stage);
            line.AddHex16(Crc16.OfInts(pipeline.Features));
            line.AddHex16(Crc16.OfInts(pipeline.Scores));
            line.Add(pipeline.Decision < 0 ? "UNKNOWN" : model.ClassName(pipeline.Decision));
            Send();
        }

        /// <summary>$HK: outcome of a self-test.</summary>
        /// <param name="test">MODEL or SENSOR.</param>
        /// <param name="outcome">PASS, FAIL or SKIP.</param>
        /// <param name="checks">How much was checked.</param>
        /// <param name="firstFailure">Index of the first failing check, or −1.</param>
        /// <param name="worstPerMille">Largest deviation, for tests that measure one.</param>
        public void SelfTest(string test, string outcome, int checks, int firstFailure, int worstPerMille)
        {
            line.Begin('K');
            line.Add(test);
            line.Add(outcome);
            line.Add(checks);
            line.Add(firstFailure);
            line.Add(worstPerMille);
            Send();
        }

        /// <summary>$HE: something happened.</summary>
        /// <param name="code">One of <see cref="EventCode"/>.</param>
        /// <param name="samples">Number of the last sample before it.</param>
        /// <param name="detail">As docs/SPEC.md says for the code; 0 when it says nothing.</param>
        public void Event(string code, int samples, int detail)
        {
            line.Begin('E');
            line.Add(code);
            line.Add(samples);
            line.Add(detail);
            Send();
        }

        /// <summary>$HC: the calibration that holds for all samples after this one.</summary>
        /// <param name="calibration">In force from now on.</param>
        /// <param name="samples">Number of the last sample before it.</param>
        public void Calibration(Calibration calibration, int samples)
        {
            line.Begin('C');
            line.Add(samples);
            for (int axis = 0; axis < 3; axis++)
            {
                line.Add(calibration.GyroZero(axis));
            }

            for (int index = 0; index < 9; index++)
            {
                line.Add(calibration.RotationElement(index));
            }

            Send();
        }

        /// <summary>$HR: raw samples.</summary>
        /// <param name="firstSample">Number of the first one.</param>
        /// <param name="count">How many.</param>
        /// <param name="bytes">As the sensor's FIFO gave them.</param>
        /// <param name="byteCount">Twelve a sample.</param>
        public void Raw(int firstSample, int count, byte[] bytes, int byteCount)
        {
            line.Begin('R');
            line.Add(firstSample);
            line.Add(count);
            line.AddBase64(bytes, 0, byteCount);
            Send();
        }

        /// <summary>$HH: how the device is.</summary>
        /// <param name="upSeconds">Since boot.</param>
        /// <param name="samples">Stepped since boot.</param>
        /// <param name="decisions">Printed since boot.</param>
        /// <param name="rateMilliHz">Last measured rate, or 0.</param>
        /// <param name="retries">I2C transfers repeated since boot.</param>
        /// <param name="freeBytes">Free managed memory.</param>
        /// <param name="faults">Everything else that is counted.</param>
        public void Health(long upSeconds, int samples, int decisions, int rateMilliHz, int retries, int freeBytes, FaultCounters faults)
        {
            line.Begin('H');
            line.Add((int)upSeconds);
            line.Add(samples);
            line.Add(decisions);
            line.Add(rateMilliHz);
            line.Add(faults.Gaps);
            line.Add(faults.BringUps);
            line.Add(retries);
            line.Add(freeBytes);
            for (int kind = 1; kind < FaultCounters.Kinds; kind++)
            {
                line.Add(faults.Of((SensorStatus)kind));
            }

            Send();
        }

        /// <summary>$HT: what a decision takes on this chip.</summary>
        /// <param name="timer">Measured since the last such line.</param>
        public void Timing(DecisionTimer timer)
        {
            line.Begin('T');
            line.Add(timer.Decisions);
            line.Add(timer.MeanMicros);
            line.Add(timer.WorstMicros);
            Send();
        }

        private void Send()
        {
            line.End();
            Console.WriteLine(new string(line.Buffer, 0, line.Length));
        }
    }

    /// <summary>Words of the event record; docs/SPEC.md says what each means and what its detail is.</summary>
    internal static class EventCode
    {
        public const string Sensor = "SENSOR";
        public const string Clone = "CLONE";
        public const string NoSensor = "NO_SENSOR";
        public const string Gap = "GAP";
        public const string Rate = "RATE";
        public const string Gravity = "GRAVITY";
        public const string Halted = "HALTED";
        public const string RecordOn = "RECORD_ON";
        public const string RecordOff = "RECORD_OFF";
        public const string WearNeeded = "WEAR_NEEDED";
        public const string WearStart = "WEAR_START";
        public const string WearDone = "WEAR_DONE";
        public const string WearFailed = "WEAR_FAILED";
        public const string Forgotten = "FORGOTTEN";
        public const string DeepSleep = "DEEP_SLEEP";
        public const string SleepsOn = "SLEEPS_ON";
        public const string Awake = "AWAKE";
        public const string NoWake = "NO_WAKE";
        public const string ShortReads = "SHORT_READS";
        public const string Replay = "REPLAY";
        public const string Block = "BLOCK";
        public const string Live = "LIVE";
        public const string BadCommand = "BAD_COMMAND";
    }
}
