using System;
using System.Device.I2c;
using System.Threading;
using HarEdge.Firmware;
using Iot.Device.Imu;

namespace HarEdge.BringUp
{
    /// <summary>
    /// The first program for a new board: is it my wiring, my sensor, or HarEdge? It uses nothing of HarEdge but the table of pins. Once a second it prints for people, and for haredge doctor:
    /// <c>BRING-UP START board | pins</c>; <c>BRING-UP DATA temperature, acceleration, rate of turn</c>, axes in the order X Y Z;
    /// <c>BRING-UP GOOD|NOTE|BAD check: finding | what to do</c>, when it changes and every ten seconds again for whoever listens later.
    /// </summary>
    internal sealed class Program
    {
        private const string BoardKind = Board.DevKit; // as DeviceSettings.BoardKind
        private const int LsmAddress = 0x6A;
        private const int TurnMs = 1000;
        private const int RepeatTurns = 10;
        private const int QuietTurns = 3;
        private const double QuietG = 0.05; // a board on a table stays within this from second to second
        private const double GravityToleranceG = 0.12; // as the firmware's event GRAVITY
        private const double GyroBiasDps = 20; // zero-rate output at 25 °C, PS-MPU-6000A-00 6.1
        private const double UprightG = 0.8; // an axis within 37° of upright

        private static readonly string[] Checks = { "sensor", "WHO_AM_I", "supply", "gravity", "gyroscope", "axes" };

        private readonly Board board;
        private readonly Sensor sensor = new Sensor();
        private readonly string[] verdicts = new string[Checks.Length];
        private readonly double[] before = new double[3];
        private int turn;
        private int quietTurns;

        internal Program(Board board)
        {
            this.board = board;
            Console.WriteLine("BRING-UP START " + board.Name + " | " + Pins());
        }

        /// <summary>Entry point of the device.</summary>
        public static void Main()
        {
            Program program = new Program(Board.Detect(BoardKind));
            while (true)
            {
                program.RunOnce();
                Thread.Sleep(TurnMs);
            }
        }

        /// <summary>One second's look.</summary>
        internal void RunOnce()
        {
            turn++;
            if (sensor.IsOpen ? IsStillThere() : Find())
            {
                Measure();
            }

            for (int check = 0; check < verdicts.Length && turn % RepeatTurns == 0; check++)
            {
                if (verdicts[check] != null)
                {
                    Console.WriteLine(verdicts[check]);
                }
            }
        }

        private bool Find()
        {
            quietTurns = 0;
            I2cTransferStatus status = sensor.TryOpen(board.DataPin, board.ClockPin, Mpu6050.DefaultI2cAddress);
            if (status == I2cTransferStatus.FullTransfer)
            {
                Say("GOOD", "sensor", "it answers at 0x68", null);
                return Start();
            }

            if (status == I2cTransferStatus.ClockStretchTimeout)
            {
                return Fail("sensor", "an I2C line is held low", "Look for a short circuit of " + Pins() + ", and for a sensor without 3.3 V at VCC.");
            }

            if (sensor.TryOpen(board.DataPin, board.ClockPin, Mpu6050.SecondI2cAddress) == I2cTransferStatus.FullTransfer)
            {
                Say("BAD", "sensor", "it answers at 0x69: AD0 is high", "Connect AD0 to GND or leave it open: HarEdge uses 0x68.");
                return Start();
            }

            if (sensor.TryOpen(board.DataPin, board.ClockPin, LsmAddress) == I2cTransferStatus.FullTransfer)
            {
                Say("NOTE", "sensor", "a chip answers at 0x6A, as the LSM6DS3TR-C does", "Nothing: HarEdge takes that one; this program does not measure with it.");
                sensor.Close();
                return false;
            }

            // The chip gives its I2C controller any pins: exchanged wires can be distinguished from wires that are off.
            bool isExchanged = sensor.TryOpen(board.ClockPin, board.DataPin, Mpu6050.DefaultI2cAddress) == I2cTransferStatus.FullTransfer
                || sensor.TryOpen(board.ClockPin, board.DataPin, Mpu6050.SecondI2cAddress) == I2cTransferStatus.FullTransfer;
            return isExchanged
                ? Fail("sensor", "SDA and SCL are exchanged", "Exchange the two wires: " + Pins() + ".")
                : Fail("sensor", "nobody answers at 0x68 or 0x69", "Check VCC at 3.3 V, GND, " + Pins() + ", the solder joints, and pull-up resistors of 2.2 to 10 kOhm, which most modules have.");
        }

        private bool Start()
        {
            string name = "0x" + sensor.Identity.ToString("X2");
            if (sensor.IsStranger)
            {
                return Fail("WHO_AM_I", name + " is neither an MPU6050 nor a known clone", "Use an MPU6050 module (GY-521); another chip needs another driver.");
            }

            try
            {
                sensor.Start();
            }
            catch (Exception e)
            {
                return Fail("sensor", "a setting did not stay: " + e.Message, "Check for long or loose wires and a weak supply.");
            }

            Say(
                sensor.IsClone ? "NOTE" : "GOOD",
                "WHO_AM_I",
                sensor.IsClone ? name + ", a clone: the class Iot.Device.Imu.Mpu6050 refuses it, so it is read by its registers here" : name + (sensor.IsMpu6886 ? ", an MPU6886" : ", an MPU6050"),
                sensor.IsClone ? "Nothing: HarEdge takes it." : null);
            return true;
        }

        private bool IsStillThere()
        {
            if (!sensor.Answers())
            {
                return Fail("sensor", "it does not answer any more", "Check for loose wires: VCC, GND, " + Pins() + ".");
            }

            return !sensor.Sleeps()
                || Fail("supply", "the sensor lost its power for a moment", "Check VCC for a loose wire, and try another cable or supply.");
        }

        private void Measure()
        {
            sensor.Measure();
            double[] g = sensor.G;
            Console.WriteLine("BRING-UP DATA " + sensor.Celsius.ToString("F1") + " C, " + Three(g, "F2") + " g, " + Three(sensor.Dps, "F1") + " deg/s");
            bool isQuiet = true;
            for (int axis = 0; axis < 3; axis++)
            {
                isQuiet &= Math.Abs(g[axis] - before[axis]) <= QuietG;
                before[axis] = g[axis];
            }

            quietTurns = isQuiet ? quietTurns + 1 : 0;
            if (quietTurns >= QuietTurns)
            {
                JudgeAtRest(g, sensor.Dps);
            }
        }

        private void JudgeAtRest(double[] g, double[] dps)
        {
            double total = Math.Sqrt(g[0] * g[0] + g[1] * g[1] + g[2] * g[2]);
            if (Math.Abs(total - 1) <= GravityToleranceG)
            {
                Say("GOOD", "gravity", "1 g at rest", null);
            }
            else
            {
                Say("BAD", "gravity", total.ToString("F1") + " g at rest instead of 1", "Reset the board while it lies on a table; if it stays, use another sensor.");
            }

            double fastest = Math.Max(Math.Abs(dps[0]), Math.Max(Math.Abs(dps[1]), Math.Abs(dps[2])));
            if (fastest > 0 && fastest <= GyroBiasDps)
            {
                Say("GOOD", "gyroscope", "less than 20 deg/s at rest", null);
            }
            else
            {
                Say("BAD", "gyroscope", fastest > 0 ? "more than 20 deg/s at rest" : "nothing but 0", "Switch the power off and on while the board lies on a table; if it stays, use another sensor.");
            }

            JudgeAxes(g);
        }

        private void JudgeAxes(double[] g)
        {
            const string Worn = "Worn, the X arrow on the module points up (hardware/WIRING.md).";
            int axis = Math.Abs(g[0]) >= UprightG ? 0 : Math.Abs(g[1]) >= UprightG ? 1 : Math.Abs(g[2]) >= UprightG ? 2 : -1;
            if (axis < 0)
            {
                Say("NOTE", "axes", "none points straight up", Worn);
            }
            else if (axis > 0)
            {
                Say("NOTE", "axes", (axis == 1 ? "Y" : "Z") + (g[axis] > 0 ? " points up" : " points down") + ": the board lies, or stands on its side", Worn);
            }
            else if (g[0] > 0)
            {
                Say("GOOD", "axes", "X points up, as it is worn", null);
            }
            else
            {
                Say("BAD", "axes", "X points down: the sensor is upside down", Worn);
            }
        }

        private bool Fail(string check, string finding, string remedy)
        {
            Say("BAD", check, finding, remedy);
            sensor.Close();
            return false;
        }

        private void Say(string state, string check, string finding, string remedy)
        {
            string line = "BRING-UP " + state + " " + check + ": " + finding + (remedy == null ? "" : " | " + remedy);
            int index = 0;
            while (Checks[index] != check)
            {
                index++;
            }

            if (verdicts[index] != line)
            {
                verdicts[index] = line;
                Console.WriteLine(line);
            }
        }

        private string Pins()
        {
            return "SDA at GPIO " + board.DataPin + ", SCL at GPIO " + board.ClockPin;
        }

        private static string Three(double[] values, string format)
        {
            return values[0].ToString(format) + " " + values[1].ToString(format) + " " + values[2].ToString(format);
        }
    }
}
