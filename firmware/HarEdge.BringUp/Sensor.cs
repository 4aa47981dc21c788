using System;
using System.Device.I2c;
using System.Threading;
using HarEdge.Firmware;
using Iot.Device.Imu;
using nanoFramework.Hardware.Esp32;

namespace HarEdge.BringUp
{
    /// <summary>
    /// The sensor through the class Iot.Device.Imu.Mpu6050, and by its registers where the class does not serve. What its source (release 1.2.862) gets wrong, and what is done here:
    /// it takes WHO_AM_I 0x68 only, and chips like it say 0x70 (MPU6500), 0x71 (MPU9250), 0x73 (MPU9255), 0x72, 0x98: the identity is read first, and clones are read by their registers;
    /// it never examines the status of a transfer, so that a sensor that is gone reads as 0: <see cref="Answers"/> is asked before each measurement;
    /// GetAccelerometer says "in G" and gives m/s²: divided here; both scales are divided by 1 + SampleRateDivider: the divider stays 0;
    /// GetTemperature has the formula of another chip: TEMP_OUT is read here;
    /// AccelerometerBandwidth writes register 0x1D, which the MPU6050 does not have, and GyroscopeBandwidth writes the range unshifted: neither is set after the constructor has.
    /// </summary>
    internal sealed class Sensor
    {
        // Registers, with their sections in RM-MPU-6000A-00.
        private const byte GyroConfig = 0x1B; // 4.4
        private const byte AccelConfig = 0x1C; // 4.5
        private const byte AccelOutput = 0x3B; // 4.17: three accelerations, the temperature, three rates, two bytes each
        private const byte TemperatureOutput = 0x41; // 4.18
        private const byte PowerManagement = 0x6B; // 4.28
        private const byte WhoAmI = 0x75; // 4.32
        private const int ResetBit = 0x80;
        private const int SleepBit = 0x40;
        private const int GyroClock = 0x01;
        private const int StartMs = 100;

        private const int Genuine = 0x68;
        private const double Gravitation = 9.807; // as the class multiplies
        private const double CountsPerG = 16384; // at 2 g, the range after a reset
        private const double CountsPerDps = 131; // at 250 degrees a second

        private I2cDevice device;
        private Mpu6050 imu;

        /// <summary>What WHO_AM_I said when it was opened.</summary>
        public int Identity { get; private set; }

        /// <summary>False until it was found, and after it was lost.</summary>
        public bool IsOpen { get; private set; }

        /// <summary>Acceleration of the last measurement, g.</summary>
        public double[] G { get; } = new double[3];

        /// <summary>Rate of turn of the last measurement, degrees a second.</summary>
        public double[] Dps { get; } = new double[3];

        /// <summary>Temperature of the chip at the last measurement, °C.</summary>
        public double Celsius { get; private set; }

        /// <summary>Whether a clone is there that HarEdge can use.</summary>
        public bool IsClone
        {
            get { return Identity == 0x70 || Identity == 0x71 || Identity == 0x72 || Identity == 0x73 || Identity == 0x98; }
        }

        /// <summary>Whether it is an MPU6886, whose registers are the clones' as far as they are read here.</summary>
        public bool IsMpu6886
        {
            get { return Identity == 0x19; }
        }

        /// <summary>Whether it is none that HarEdge can use.</summary>
        public bool IsStranger
        {
            get { return Identity != Genuine && !IsClone && !IsMpu6886; }
        }

        /// <summary>Asks for the identity at an address, at the speed the firmware uses.</summary>
        public I2cTransferStatus TryOpen(int dataPin, int clockPin, int address)
        {
            Close();
            Configuration.SetPinFunction(dataPin, DeviceFunction.I2C1_DATA);
            Configuration.SetPinFunction(clockPin, DeviceFunction.I2C1_CLOCK);
            device = I2cDevice.Create(new I2cConnectionSettings(Board.I2cBusId, address, I2cBusSpeed.FastMode));
            byte[] answer = new byte[1];
            I2cTransferStatus status = Read(WhoAmI, answer);
            Identity = answer[0];
            IsOpen = status == I2cTransferStatus.FullTransfer;
            return status;
        }

        /// <summary>Wakes it at 2 g and 250 degrees a second: the genuine chip through the class, a clone by its registers.</summary>
        /// <exception cref="Exception">The class found that a setting did not stay.</exception>
        public void Start()
        {
            if (Identity == Genuine)
            {
                imu = new Mpu6050(device);
                return;
            }

            Write(PowerManagement, ResetBit);
            Thread.Sleep(StartMs);
            Write(PowerManagement, GyroClock);
            Thread.Sleep(StartMs);
            Write(GyroConfig, 0);
            Write(AccelConfig, 0);
        }

        /// <summary>Whether the same chip still answers.</summary>
        public bool Answers()
        {
            byte[] answer = new byte[1];
            return Read(WhoAmI, answer) == I2cTransferStatus.FullTransfer && answer[0] == Identity;
        }

        /// <summary>Whether it sleeps, as the MPU6050 does after its power came back.</summary>
        public bool Sleeps()
        {
            byte[] answer = new byte[1];
            return Read(PowerManagement, answer) == I2cTransferStatus.FullTransfer && (answer[0] & SleepBit) != 0;
        }

        /// <summary>Measures everything once.</summary>
        public void Measure()
        {
            byte[] raw = new byte[2];
            Read(TemperatureOutput, raw);
            Celsius = ToCelsius(Short(raw, 0));
            if (imu != null)
            {
                var acceleration = imu.GetAccelerometer();
                G[0] = acceleration.X / Gravitation;
                G[1] = acceleration.Y / Gravitation;
                G[2] = acceleration.Z / Gravitation;
                var rate = imu.GetGyroscopeReading();
                Dps[0] = rate.X;
                Dps[1] = rate.Y;
                Dps[2] = rate.Z;
                return;
            }

            raw = new byte[14];
            Read(AccelOutput, raw);
            for (int axis = 0; axis < 3; axis++)
            {
                G[axis] = Short(raw, 2 * axis) / CountsPerG;
                Dps[axis] = Short(raw, 8 + 2 * axis) / CountsPerDps;
            }
        }

        /// <summary>Lets go of the bus.</summary>
        public void Close()
        {
            if (imu != null)
            {
                imu.Dispose();
            }
            else if (device != null)
            {
                device.Dispose();
            }

            imu = null;
            device = null;
            IsOpen = false;
        }

        // RM-MPU-6000A-00 4.18; RM-MPU-6500A-00 4.23 with the typical values of PS-MPU-6500A-01 3.4; data sheets of the ICM-20689, which says 0x98, and of the MPU6886.
        private double ToCelsius(int counts)
        {
            return Identity == Genuine ? counts / 340.0 + 36.53 : Identity == 0x98 || IsMpu6886 ? counts / 326.8 + 25 : counts / 333.87 + 21;
        }

        private I2cTransferStatus Read(byte register, byte[] bytes)
        {
            return device.WriteRead(new SpanByte(new byte[] { register }), new SpanByte(bytes)).Status;
        }

        private void Write(byte register, byte value)
        {
            device.Write(new SpanByte(new byte[] { register, value }));
        }

        private static int Short(byte[] bytes, int at)
        {
            return unchecked((short)((bytes[at] << 8) | bytes[at + 1]));
        }
    }
}
