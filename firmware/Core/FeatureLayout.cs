using HarEdge.Core.Kernels;

namespace HarEdge.Core
{
    /// <summary>
    /// Every feature there is, in a fixed order: the contract of trainer and device. To add a feature, write its kernel and one
    /// line in <see cref="AddFamilies"/>. Desktop only: the device never makes one, so the table costs it no RAM.
    /// </summary>
    public sealed class FeatureLayout
    {
        /// <summary>Name of the feature that measures from upright; see <see cref="Tilt.Lean"/>.</summary>
        public const string LeanName = "lean";

        // n · 2^15 and n² · … for the longest window, 256 samples; see each kernel.
        private const int SumBound = 1 << 23;
        private const int PowerBound = 1 << 30;
        private const int MostFeatures = 2048;

        // Opposite directions are 2 apart, and two percent for rounding; see Tilt.Lean.
        private const int LeanBound = 4 * Tilt.CosineOne + Tilt.CosineOne / 12;

        private readonly int windowLength;
        private readonly int upright;
        private readonly Feature[] features = new Feature[MostFeatures];
        private int count;

        /// <summary>Lists the features of windows of a length.</summary>
        /// <param name="windowLength">64, 128 or 256 samples; it limits lags and bins.</param>
        public FeatureLayout(int windowLength)
            : this(windowLength, 0)
        {
        }

        /// <summary>Lists the features of windows of a length, worn by people whose gravity points in a known direction while they stand.</summary>
        /// <param name="windowLength">64, 128 or 256 samples; it limits lags and bins.</param>
        /// <param name="upright">That direction, as <see cref="Tilt.Pack"/> gives it; 0 when it is not known: then nothing measures from it.</param>
        public FeatureLayout(int windowLength, int upright)
        {
            this.windowLength = windowLength;
            this.upright = upright;
            AddFamilies();
        }

        /// <summary>Number of features.</summary>
        public int Count
        {
            get { return count; }
        }

        /// <summary>The feature of a column.</summary>
        public Feature this[int index]
        {
            get { return features[index]; }
        }

        /// <summary>The feature of that name, or null.</summary>
        public Feature Find(string name)
        {
            for (int i = 0; i < count; i++)
            {
                if (features[i].Name == name)
                {
                    return features[i];
                }
            }

            return null;
        }

        /// <summary>Computes every feature of a complete window.</summary>
        /// <param name="window">A complete window of this layout's length.</param>
        /// <param name="values">Receives <see cref="Count"/> values.</param>
        public void ExtractInto(SampleWindow window, int[] values)
        {
            for (int i = 0; i < count; i++)
            {
                Feature feature = features[i];
                values[i] = feature.Kernel(window, feature.Channel, feature.Parameter);
            }
        }

        private void AddFamilies()
        {
            int[] lags = { 4, 8, 12, 16, 20, 24, 28, 32, 40, 48 };
            int[] coarseLags = { 1, 2, 3, 4, 5, 6, 7, 8, 10, 12 };
            int[] bins = { 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 20 };
            int[] coarseBins = { 1, 2, 3, 4, 5, 6, 7, 8, 10, 12 };
            int[] bands = { Band(1, 2), Band(3, 5), Band(6, 9), Band(10, 14) };
            int[] coarseBands = { Band(1, 2), Band(3, 5), Band(6, 9) };
            int[] none = { 0 };
            int[] percents = { 10, 25, 50, 75, 90 };
            int[] ranges = { 10, 25 };
            int coarse = ChannelId.Coarse;

            Add("sum", "counts · n", Moments.Sum, 0, coarse, none, -SumBound, SumBound);
            Add("var", "counts²", Moments.Variance, 0, ChannelId.Count, none, 0, PowerBound);
            Add("min", "counts", Moments.Minimum, 0, ChannelId.Count, none, -32768, 32767);
            Add("max", "counts", Moments.Maximum, 0, ChannelId.Count, none, -32768, 32767);
            Add("dev", "counts · n", Moments.AbsoluteDeviation, 0, ChannelId.Count, none, 0, 2 * SumBound);
            Add("cross", "crossings", Moments.MeanCrossings, 0, ChannelId.Count, none, 0, 255);
            Add("jerk", "counts · n", Jerk.AbsoluteSum, 0, ChannelId.Count, none, 0, 2 * SumBound);
            Add("jerkmax", "counts", Jerk.Maximum, 0, ChannelId.Count, none, 0, 65535);
            Add("acov", "counts²", Autocovariance.AtLag, 0, coarse, lags, -PowerBound - 1, PowerBound + 1);
            Add("acov", "counts²", Autocovariance.AtLag, coarse, ChannelId.Count, coarseLags, -PowerBound - 1, PowerBound + 1);
            Add("acor", "Q12", Autocovariance.Normalized, 0, coarse, lags, -4096, 4096);
            Add("acor", "Q12", Autocovariance.Normalized, coarse, ChannelId.Count, coarseLags, -4096, 4096);
            Add("bin", "counts²", Goertzel.BinPower, 0, coarse, bins, 0, int.MaxValue);
            Add("bin", "counts²", Goertzel.BinPower, coarse, ChannelId.Count, coarseBins, 0, int.MaxValue);
            Add("band", "counts²", Goertzel.BandPower, 0, coarse, bands, 0, int.MaxValue);
            Add("band", "counts²", Goertzel.BandPower, coarse, ChannelId.Count, coarseBands, 0, int.MaxValue);
            AddPairs("cov", "counts²", Covariance.OfChannels, PowerBound);
            AddPairs("corr", "Q12", Covariance.Correlation, 4096);
            Add("quantile", "counts", OrderStatistics.Quantile, coarse, ChannelId.Count, percents, -32768, 32767);
            Add("range", "counts", OrderStatistics.Range, coarse, ChannelId.Count, ranges, 0, 65535);
            Add("tilt", "Q12", Tilt.DirectionCosine, ChannelId.Ax, ChannelId.Gx, none, -4096, 4096);
            Add("drift", "counts · n/4", Drift.QuarterRange, 0, ChannelId.Count, none, 0, SumBound);
            if (upright != 0)
            {
                AddOne(new Feature(count, LeanName, "Q12", Tilt.Lean, ChannelId.Ax, upright, 0, LeanBound));
            }
        }

        // Bands are low · 256 + high bin, as Goertzel.BandPower takes them.
        private static int Band(int low, int high)
        {
            return (low << 8) + high;
        }

        // Every pair of measured channels, and the two vertical ones, at both rates.
        private void AddPairs(string family, string unit, Kernel kernel, int bound)
        {
            for (int rate = 0; rate <= ChannelId.Coarse; rate += ChannelId.Coarse)
            {
                for (int first = 0; first < SensorScale.ChannelCount; first++)
                {
                    for (int second = first + 1; second < SensorScale.ChannelCount; second++)
                    {
                        AddPair(family, unit, kernel, rate + first, rate + second, bound);
                    }
                }

                AddPair(family, unit, kernel, rate + ChannelId.AccelVertical, rate + ChannelId.GyroVertical, bound);
            }
        }

        private void AddPair(string family, string unit, Kernel kernel, int first, int second, int bound)
        {
            string name = family + "." + ChannelId.Name(first) + "." + ChannelId.Name(second);
            AddOne(new Feature(count, name, unit, kernel, first, second, -bound, bound));
        }

        private void AddOne(Feature feature)
        {
            features[count] = feature;
            count++;
        }

        private void Add(
            string family, string unit, Kernel kernel, int firstChannel, int endChannel, int[] parameters, int lowest, int highest)
        {
            for (int channel = firstChannel; channel < endChannel; channel++)
            {
                foreach (int parameter in parameters)
                {
                    if (!Fits(kernel, channel, parameter))
                    {
                        continue;
                    }

                    string name = family + ParameterName(parameter) + "." + ChannelId.Name(channel);
                    AddOne(new Feature(count, name, unit, kernel, channel, parameter, lowest, highest));
                }
            }
        }

        // Lags and bins must stay below half of the channel's samples: short windows have fewer of them.
        private bool Fits(Kernel kernel, int channel, int parameter)
        {
            int samples = channel >= ChannelId.Coarse ? windowLength >> ChannelId.CoarseShift : windowLength;
            return kernel == OrderStatistics.Quantile || kernel == OrderStatistics.Range || (parameter & 255) < samples / 2;
        }

        // Lags, bins and percents as numbers, bands as "low-high", nothing for kernels without a parameter.
        private static string ParameterName(int parameter)
        {
            if (parameter == 0)
            {
                return "";
            }

            return parameter < 256 ? parameter.ToString() : (parameter >> 8).ToString() + "-" + (parameter & 255).ToString();
        }
    }
}
