using static HarEdge.DeviceTwin.Simulation.ChipRegister;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>The motion processor's memory behind MEM_R_W: a bank and an address that moves on, while a burst stays at the register.</summary>
    internal sealed class ProcessorMemory
    {
        private const int BankBytes = 256;
        private const int BankMask = 0x0F;

        private readonly byte[] bytes = new byte[(BankMask + 1) * BankBytes];
        private readonly byte[] registers;

        public ProcessorMemory(byte[] registers)
        {
            this.registers = registers;
        }

        public byte Read()
        {
            return bytes[Next()];
        }

        public void Write(byte value)
        {
            bytes[Next()] = value;
        }

        private int Next()
        {
            int at = (registers[Bank] & BankMask) * BankBytes + registers[MemoryAddress];
            registers[MemoryAddress] = unchecked((byte)(registers[MemoryAddress] + 1));
            return at;
        }
    }
}
