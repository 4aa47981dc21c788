using HarEdge.Core;
using HarEdge.Core.Generated;

namespace HarEdge.Firmware
{
    /// <summary>Wiring only: which model, which board, which settings, who gets what.</summary>
    internal static class Program
    {
        /// <summary>Entry point of the device.</summary>
        public static void Main()
        {
            Supervisor supervisor = new Supervisor(new ActivityModel(), new KnownAnswers(), new DeviceSettings());
            while (true)
            {
                supervisor.RunOnce();
            }
        }

        /// <summary>Connects the parts.</summary>
        internal static DeviceLoop Wire(Classifier model, Board board, DeviceSettings settings, string start)
        {
            CommandPort port = settings.HasCommandPort ? CommandPort.Open(board) : null;
            Button button = new Button(board, settings.SleepsLightly);
            SerialConsole console = new SerialConsole();
            PowerPolicy power = new PowerPolicy(board, settings, button);
            RegisterBus bus = new RegisterBus(board);
            if (board.IsWearable)
            {
                PowerChip.TurnScreenOff(bus);
            }

            Acquisition acquisition = new Acquisition(model, bus, power, settings);
            Stepper stepper = new Stepper(model, console, settings);
            HealthReport health = new HealthReport(board, model, console, start);
            Requests requests = new Requests(new Controls(button, port), stepper, acquisition);
            return new DeviceLoop(acquisition, stepper, requests, health, power, bus);
        }
    }
}
