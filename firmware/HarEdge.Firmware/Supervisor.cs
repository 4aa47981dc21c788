using System;
using System.Threading;
using HarEdge.Core;
using nanoFramework.Runtime.Native;

namespace HarEdge.Firmware
{
    /// <summary>
    /// Keeps the device going: start and loop run under its guard. What fails is tried again; what keeps failing ends in a reboot, and the
    /// next banner says why. Never here: what the device does.
    /// </summary>
    internal sealed class Supervisor
    {
        // So many failures without a decision between them: the next attempt starts from a fresh heap.
        private const int MostFailures = 5;
        private const int PauseMs = 200;

        private readonly Classifier model;
        private readonly KnownAnswerSet answers;
        private readonly DeviceSettings settings;
        private DeviceLoop loop;
        private int failures;
        private int decisions;
        private bool lacksMemory;

        public Supervisor(Classifier model, KnownAnswerSet answers, DeviceSettings settings)
        {
            this.model = model;
            this.answers = answers;
            this.settings = settings;
        }

        /// <summary>The device's loop; null until the board is wired.</summary>
        public DeviceLoop Loop
        {
            get { return loop; }
        }

        /// <summary>One turn: start, or one turn of the loop. Returns whatever happens; on the device deep sleep and reboot do not return.</summary>
        public void RunOnce()
        {
            try
            {
                Turn();
            }
            catch (OutOfMemoryException)
            {
                lacksMemory = true;
                NoteFailure();
            }
            catch (Exception)
            {
                NoteFailure();
            }
        }

        private void Turn()
        {
            if (failures == MostFailures)
            {
                Reboot();
            }
            else if (loop == null || !loop.IsBooted)
            {
                string start = BootReason.Read();
                loop = loop ?? Program.Wire(model, Board.Detect(settings.BoardKind), settings, start);
                loop.Boot(answers, start, BootReason.SecondsAsleep());
            }
            else
            {
                loop.RunOnce();
                if (loop.Decisions != decisions)
                {
                    decisions = loop.Decisions;
                    failures = 0;
                    lacksMemory = false;
                }
            }
        }

        // Allocates nothing: memory may have run out.
        private void NoteFailure()
        {
            failures = failures >= MostFailures ? MostFailures : failures + 1;
            if (loop != null)
            {
                loop.NoteUnexpected();
            }

            Thread.Sleep(PauseMs);
        }

        private void Reboot()
        {
            // What the loop holds is given back first, so that there is memory for the mark.
            loop = null;
            try
            {
                BootReason.MarkReboot(lacksMemory);
            }
            catch (Exception)
            {
                // A reboot without its reason is better than none.
            }

            Power.RebootDevice(RebootOption.NormalReboot);
        }
    }
}
