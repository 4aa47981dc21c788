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
        public const int ProtocolVersion = 1;

        /// <summary>Version of this firmware.</summary>
        public const string FirmwareVersion = "0.1.0";

        private readonly TelemetryLine line = new TelemetryLine();

        /// <summary>$HB and one $HN a class: who speaks, with which model, and what its class numbers mean.</summary>
        public void Banner(Board board, Classifier model)
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
        /// <param name="samples">Samples stepped since boot, this window's last one included.</param>
        public void Decision(Pipeline pipeline, int samples)
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
            Send();
        }

        /// <summary>$HK: outcome of a self-test.</summary>
        /// <param name="test">MODEL or SENSOR.</param>
        /// <param name="outcome">PASS or FAIL.</param>
        /// <param name="checks">How much was checked.</param>
        /// <param name="firstFailure">Index of the first failing check, or −1.</param>
        public void SelfTest(string test, string outcome, int checks, int firstFailure)
        {
            line.Begin('K');
            line.Add(test);
            line.Add(outcome);
            line.Add(checks);
            line.Add(firstFailure);
            Send();
        }

        /// <summary>$HE: something happened.</summary>
        /// <param name="code">A word from the table of events in docs/SPEC.md.</param>
        /// <param name="samples">Samples stepped since boot.</param>
        /// <param name="detail">As the table says; 0 when it says nothing.</param>
        public void Event(string code, int samples, int detail)
        {
            line.Begin('E');
            line.Add(code);
            line.Add(samples);
            line.Add(detail);
            Send();
        }

        private void Send()
        {
            line.End();
            Console.WriteLine(new string(line.Buffer, 0, line.Length));
        }
    }
}
