using System;
using System.Device.I2c;
using System.IO;
using System.Numerics;
using HarEdge.DeviceTwin.Simulation;

namespace Iot.Device.Imu
{
    /// <summary>
    /// Stand-in for the class of the package nanoFramework.Iot.Device.Mpu9250 1.2.862: the transfers its public source makes (nanoframework/nanoFramework.IoT.Device, devices/Mpu9250/Mpu6050.cs, commit
    /// 122ebb1), in their order, faults included. It shares no register number with simulator or driver, so it is a reader of the simulated chip by another hand:
    /// every read is two transfers with a stop between them, register first; no status is examined, so a chip that is gone reads as 0;
    /// constructor: 6B=80, 100 ms, 6B=01, 100 ms, read 75 (anything but 68 throws); 1B=00 1A=00, read 1B 1A; 1B=00, read 1B; 1D=00, read 1D; 1C=00, read 1C; a value that differs throws;
    /// GetAccelerometer: read six bytes from 3B, then 19, and divide the scale by 1 + what 19 says, which is the sample rate's divider; m/s², though its documentation says G;
    /// GetGyroscopeReading: read six bytes from 43, then 19, and the same division.
    /// </summary>
    internal sealed class Mpu6050 : IDisposable
    {
        public const byte DefaultI2cAddress = 0x68;
        public const byte SecondI2cAddress = 0x69;

        private const int WaitMs = 100;
        private const float StandardGravity = 9.807f;
        private readonly I2cDevice device;

        public Mpu6050(I2cDevice i2cDevice)
        {
            device = i2cDevice;
            Set(0x6B, 0x80);
            TwinMachine.Current.Wait(WaitMs);
            Set(0x6B, 0x01);
            TwinMachine.Current.Wait(WaitMs);
            if (Get(0x75) != 0x68)
            {
                throw new IOException("This is no MPU6050: its WHO_AM_I is not 0x68");
            }

            // Gyroscope bandwidth 250 Hz: the range, unshifted, and the filter.
            Set(0x1B, 0x00);
            Set(0x1A, 0x00);
            Require((Get(0x1B) & 0x03) == 0 && Get(0x1A) == 0x00, "GyroscopeBandwidth");
            Set(0x1B, 0x00);
            Require(Get(0x1B) >> 3 == 0, "GyroscopeRange");

            // Accelerometer bandwidth 1130 Hz, in a register the MPU6050 does not have.
            Set(0x1D, 0x00);
            Require(Get(0x1D) == 0x00, "AccelerometerBandwidth");
            Set(0x1C, 0x00);
            Require(Get(0x1C) >> 3 == 0, "AccelerometerRange");
        }

        public byte SampleRateDivider
        {
            get { return Get(0x19); }
            set { Set(0x19, value); }
        }

        public float AccelerationScale
        {
            get { return 2 * StandardGravity / 32768 / (1 + SampleRateDivider); }
        }

        public float GyroscopeScale
        {
            get { return 250f / 32768 / (1 + SampleRateDivider); }
        }

        public Vector3 GetAccelerometer()
        {
            return Raw(0x3B) * AccelerationScale;
        }

        public Vector3 GetGyroscopeReading()
        {
            return Raw(0x43) * GyroscopeScale;
        }

        public void Dispose()
        {
            device.Dispose();
        }

        private static void Require(bool holds, string setting)
        {
            if (!holds)
            {
                throw new IOException(setting + " does not read back as it was written");
            }
        }

        private Vector3 Raw(byte register)
        {
            byte[] bytes = new byte[6];
            device.WriteByte(register);
            device.Read(new SpanByte(bytes));
            return new Vector3(Number(bytes[0], bytes[1]), Number(bytes[2], bytes[3]), Number(bytes[4], bytes[5]));
        }

        private static short Number(byte high, byte low)
        {
            return unchecked((short)((high << 8) | low));
        }

        private void Set(byte register, byte value)
        {
            device.Write(new SpanByte(new byte[] { register, value }));
        }

        private byte Get(byte register)
        {
            device.WriteByte(register);
            return device.ReadByte();
        }
    }
}
