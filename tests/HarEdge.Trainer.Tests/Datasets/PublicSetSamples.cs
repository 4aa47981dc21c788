using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace HarEdge.Trainer.Tests.Datasets;

/// <summary>
/// Made-up samples in the layouts of public sets: file names, separators, columns, line ends and number formats as their authors write them. The wearer stands (gravity
/// on z) or turns: gravity on z, a swing on x, and 90 °/s about z.
/// </summary>
internal static class PublicSetSamples
{
    public const double TurnDps = 90;

    private const double G = 9.80665;

    /// <summary>A zip of texts.</summary>
    public static byte[] Zip(IEnumerable<KeyValuePair<string, string>> files) => Zip(files.Select(file => new KeyValuePair<string, byte[]>(file.Key, Encoding.UTF8.GetBytes(file.Value))));

    /// <summary>A zip of anything, other zips among it.</summary>
    public static byte[] Zip(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((var name, var content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Three people, the last in the test part: the first with two overlapping windows, the second with one.</summary>
    public static Dictionary<string, string> UciHar()
    {
        Dictionary<string, string> files = new() { ["UCI HAR Dataset/activity_labels.txt"] = "1 WALKING\n2 WALKING_UPSTAIRS\n3 WALKING_DOWNSTAIRS\n4 SITTING\n5 STANDING\n6 LAYING\n" };
        AddPart("train", [1, 1, 3], [1, 1, 1], [0, 64, 0]);
        AddPart("test", [2, 2, 2, 2, 2], [2, 3, 4, 5, 6], [0, 1000, 2000, 3000, 4000]);
        return files;

        void AddPart(string part, int[] people, int[] labels, int[] starts)
        {
            var folder = $"UCI HAR Dataset/{part}/";
            files[$"{folder}subject_{part}.txt"] = string.Concat(people.Select(person => $"{person}\n"));
            files[$"{folder}y_{part}.txt"] = string.Concat(labels.Select(label => $"{label}\n"));
            foreach ((var channel, var index) in new[] { "total_acc_x", "total_acc_y", "total_acc_z", "body_gyro_x", "body_gyro_y", "body_gyro_z", "body_acc_x" }.Select((name, index) => (name, index)))
            {
                files[$"{folder}Inertial Signals/{channel}_{part}.txt"] = string.Concat(starts.Select(start =>
                    string.Concat(Enumerable.Range(start, 128).Select(sample => " " + Exponent(ValueG(index, sample, 50, isTurning: true)))) + "\n"));
            }
        }
    }

    /// <summary>Two people; the gyroscope's rows lie 20 ms after the accelerometer's and begin a little later; 20 Hz, ns since boot, lines end with a semicolon.</summary>
    public static Dictionary<string, string> Wisdm(string device = "watch")
    {
        Dictionary<string, string> files = [];
        foreach (var person in new[] { 1600, 1601 })
        {
            var accel = new StringBuilder();
            var gyro = new StringBuilder();
            foreach ((var letter, var start, var isTurning) in new[] { ("A", 100.0, true), ("E", 400.0, false) })
            {
                for (var row = 0; row < 200; row++)
                {
                    var time = 252207000000000 + (long)((start + row / 20.0) * 1e9);
                    accel.Append(CultureInfo.InvariantCulture, $"{person},{letter},{time},{Join(Enumerable.Range(0, 3).Select(axis => G * ValueG(axis, row, 20, isTurning)))};\n");
                    gyro.Append(CultureInfo.InvariantCulture, $"{person},{letter},{time + 20000000},{Join(Enumerable.Range(3, 3).Select(axis => ValueG(axis, row, 20, isTurning)))};\n");
                }
            }

            files[$"wisdm-dataset/raw/{device}/accel/data_{person}_accel_{device}.txt"] = accel.ToString();
            files[$"wisdm-dataset/raw/{device}/gyro/data_{person}_gyro_{device}.txt"] = gyro.ToString();
        }

        files["wisdm-dataset/activity_key.txt"] = "walking = A\nstanding = E\n";
        return files;
    }

    /// <summary>One person, 100 Hz, activities 0, 3 (standing) and 4 (turning); the hand's radio loses five rows, the ankle lies on its side.</summary>
    public static Dictionary<string, string> Pamap2()
    {
        var text = new StringBuilder();
        for (var row = 0; row < 1200; row++)
        {
            var activity = row < 200 ? 0 : row < 700 ? 3 : 4;
            var hand = Values(row, 100, activity == 4);
            var lost = string.Join(' ', Enumerable.Repeat("NaN", 17));
            string Imu(double[] v) => $"30.5 {Number(v[0])} {Number(v[1])} {Number(v[2])} 1 2 3 {Number(v[3])} {Number(v[4])} {Number(v[5])} 14.7 -69.2 -5.6 1 0 0 0";
            text.Append(CultureInfo.InvariantCulture, $"{8.38 + row * 0.01:0.00} {activity} {(row % 11 == 0 ? "104" : "NaN")} ")
                .Append(row is >= 300 and < 305 ? lost : Imu(hand)).Append(' ').Append(Imu(Values(row, 100, false))).Append(' ').Append(Imu([G + hand[0], hand[1], 0, 0, 0, 0.5 + hand[1]])).Append('\n');
        }

        return new() { ["PAMAP2_Dataset/Protocol/subject101.dat"] = text.ToString(), ["PAMAP2_Dataset/readme.pdf"] = "%PDF" };
    }

    /// <summary>Two people, 50 Hz, tabs, 24 columns, label in the last.</summary>
    public static Dictionary<string, string> Mhealth()
    {
        string Log(int person)
        {
            var text = new StringBuilder();
            for (var row = 0; row < 600; row++)
            {
                var activity = row < 100 ? 0 : row < 350 ? 1 : 4;
                double[] arm = [.. Enumerable.Range(0, 6).Select(channel => (channel < 3 ? G : 180 / Math.PI) * ValueG(channel, row, 50, activity == 4))];
                text.AppendJoin('\t', new[] { "-9.8", "0.01", "0.3", "0.004", "9.1239e-005", "2.18", "-9.6", "0.63", "0.1", "-0.84", "-0.69", "1", "2", "3" }
                    .Concat(arm.Select(Number)).Concat(["1", "2", $"{person}", $"{activity}"])).Append('\n');
            }

            return text.ToString();
        }

        return new() { ["MHEALTHDATASET/mHealth_subject1.log"] = Log(1), ["MHEALTHDATASET/mHealth_subject10.log"] = Log(10), ["MHEALTHDATASET/README.txt"] = "MHEALTH" };
    }

    /// <summary>Device motion of two people and two activities; the phone lies on its back, so iOS shows gravity as −1 g on z.</summary>
    public static Dictionary<string, string> MotionSense()
    {
        Dictionary<string, string> files = [];
        foreach ((var folder, var person) in new[] { ("std_6", "1"), ("wlk_7", "1"), ("std_6", "24"), ("wlk_7", "24") })
        {
            var text = new StringBuilder(
                ",attitude.roll,attitude.pitch,attitude.yaw,gravity.x,gravity.y,gravity.z,rotationRate.x,rotationRate.y,rotationRate.z,userAcceleration.x,userAcceleration.y,userAcceleration.z\n");
            for (var row = 0; row < 300; row++)
            {
                var isTurning = folder[0] == 'w';
                text.Append(CultureInfo.InvariantCulture, $"{row},1.5,-0.7,0.6,0.0,0.0,-1.0,0.0,0.0,{Number(ValueG(5, row, 50, isTurning))},{Number(-ValueG(0, row, 50, isTurning))},{(row % 2) * 0.002:0.000},0.0\n");
            }

            files[$"A_DeviceMotion_data/{folder}/sub_{person}.csv"] = text.ToString();
        }

        return files;
    }

    /// <summary>Two people, in bursts of four or five rows about every 0.1 s; the folder 10Hz is there, too.</summary>
    public static Dictionary<string, string> WedaFall()
    {
        Dictionary<string, string> files = new() { ["WEDA-FALL-main/dataset/fall_timestamps.csv"] = "filename,start_time,end_time\nF01/U01_R01,4.7,7.7\n" };
        foreach ((var code, var user) in new[] { ("D01", "U01"), ("F01", "U01"), ("D01", "U21") })
        {
            foreach (var rate in new[] { "50Hz", "10Hz" })
            {
                var accel = new StringBuilder("accel_time_list,accel_x_list,accel_y_list,accel_z_list\n");
                var gyro = new StringBuilder("gyro_time_list,gyro_x_list,gyro_y_list,gyro_z_list\n");
                for (var row = 0; row < 500; row++)
                {
                    var time = row / 5 * 0.1 + row % 5 * 0.002;
                    accel.Append(CultureInfo.InvariantCulture, $"{time:0.###},{Join(Enumerable.Range(0, 3).Select(axis => Math.Round(G * ValueG(axis, row, 50, code == "D01"), 1)))}\n");
                    gyro.Append(CultureInfo.InvariantCulture, $"{time + 0.001:0.###},{Join(Enumerable.Range(3, 3).Select(axis => Math.Round(ValueG(axis, row, 50, code == "D01"), 1)))}\n");
                }

                files[$"WEDA-FALL-main/dataset/{rate}/{code}/{user}_R01_accel.csv"] = accel.ToString();
                files[$"WEDA-FALL-main/dataset/{rate}/{code}/{user}_R01_gyro.csv"] = gyro.ToString();
                files[$"WEDA-FALL-main/dataset/{rate}/{code}/{user}_R01_vertical_accel.csv"] = accel.ToString();
            }
        }

        return files;
    }

    /// <summary>200 Hz, counts: ADXL345 of 256 a g, ITG3200 of 16.384 a °/s, MMA8451Q of 1024 a g. Gravity is on −y, as at a belt.</summary>
    public static Dictionary<string, string> SisFall()
    {
        string Rows(bool isTurning) => string.Concat(Enumerable.Range(0, 2000).Select(row =>
            $"{(int)Math.Round(256 * ValueG(0, row, 200, isTurning)),4},-256,{row % 2,4},{0,4},{0,4},{(isTurning ? (int)(TurnDps * 16.384) + (row % 2 * 16) - 8 : 0),4},{0,4},-1024,{row % 2,4};\n"));
        return new()
        {
            ["SisFall_dataset/SA01/D01_SA01_R01.txt"] = Rows(true), ["SisFall_dataset/SA01/F05_SA01_R03.txt"] = Rows(false),
            ["SisFall_dataset/SE06/D01_SE06_R01.txt"] = Rows(true), ["SisFall_dataset/Readme.txt"] = "---- SisFall ----",
        };
    }

    /// <summary>Six channels in m/s² and rad/s.</summary>
    private static double[] Values(int row, double rateHz, bool isTurning) => [.. Enumerable.Range(0, 6).Select(channel => (channel < 3 ? G : 1) * ValueG(channel, row, rateHz, isTurning))];

    /// <summary>A channel in g and rad/s; a trace of noise, because a sensor that repeats itself is dead.</summary>
    private static double ValueG(int channel, int row, double rateHz, bool isTurning) => channel switch
    {
        0 => isTurning ? 0.5 * Math.Sin(2 * Math.PI * 2 * row / rateHz) : 0,
        1 => row % 2 * 0.002,
        2 => 1,
        5 => isTurning ? TurnDps * Math.PI / 180 + (row % 2 - 0.5) * 0.1 : 0,
        _ => 0,
    };

    private static string Join(IEnumerable<double> values) => string.Join(',', values.Select(Number));

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    // As MATLAB on Windows writes it: three digits of the exponent.
    private static string Exponent(double value) => value.ToString("0.0000000e+000", CultureInfo.InvariantCulture);
}
