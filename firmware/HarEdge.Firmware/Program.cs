using HarEdge.Core;

namespace HarEdge.Firmware
{
    /// <summary>Wiring only: which model, which board, who gets what.</summary>
    internal static class Program
    {
        /// <summary>Connects the parts; the desktop twin calls it with other models.</summary>
        internal static DeviceLoop Wire(Classifier model, Board board)
        {
            return new DeviceLoop(model, new RegisterBus(board), new SerialConsole());
        }
    }
}
