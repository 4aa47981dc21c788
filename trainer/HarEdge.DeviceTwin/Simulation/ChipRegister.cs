namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>Addresses of the registers the simulated chip acts on, looked up in <see cref="RegisterTable"/> by their names.</summary>
    internal static class ChipRegister
    {
        public static readonly int FirstGyroCode = RegisterTable.AddressOf("SELF_TEST_X_GYRO");
        public static readonly int FirstCode = RegisterTable.AddressOf("SELF_TEST_X");
        public static readonly int Divider = RegisterTable.AddressOf("SMPLRT_DIV");
        public static readonly int Config = RegisterTable.AddressOf("CONFIG");
        public static readonly int GyroConfig = RegisterTable.AddressOf("GYRO_CONFIG");
        public static readonly int AccelConfig = RegisterTable.AddressOf("ACCEL_CONFIG");
        public static readonly int AccelConfig2 = RegisterTable.AddressOf("ACCEL_CONFIG_2");
        public static readonly int LowPowerRate = RegisterTable.AddressOf("LP_ACCEL_ODR");
        public static readonly int MotionThreshold = RegisterTable.AddressOf("MOT_THR");
        public static readonly int MotionDuration = RegisterTable.AddressOf("MOT_DUR");
        public static readonly int FifoEnable = RegisterTable.AddressOf("FIFO_EN");
        public static readonly int InterruptPin = RegisterTable.AddressOf("INT_PIN_CFG");
        public static readonly int InterruptEnable = RegisterTable.AddressOf("INT_ENABLE");
        public static readonly int InterruptStatus = RegisterTable.AddressOf("INT_STATUS");
        public static readonly int AccelOut = RegisterTable.AddressOf("ACCEL_XOUT_H");
        public static readonly int TemperatureOut = RegisterTable.AddressOf("TEMP_OUT_H");
        public static readonly int GyroOut = RegisterTable.AddressOf("GYRO_XOUT_H");
        public static readonly int MotionControl = RegisterTable.AddressOf("ACCEL_INTEL_CTRL");
        public static readonly int UserControl = RegisterTable.AddressOf("USER_CTRL");
        public static readonly int Power1 = RegisterTable.AddressOf("PWR_MGMT_1");
        public static readonly int Power2 = RegisterTable.AddressOf("PWR_MGMT_2");
        public static readonly int Bank = RegisterTable.AddressOf("BANK_SEL");
        public static readonly int MemoryAddress = RegisterTable.AddressOf("MEM_START_ADDR");
    }
}
