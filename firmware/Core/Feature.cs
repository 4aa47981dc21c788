namespace HarEdge.Core
{
    /// <summary>A feature kernel: reads a complete window, returns one int. The parameter's meaning is the kernel's: a lag, a bin, a channel.</summary>
    public delegate int Kernel(SampleWindow window, int channel, int parameter);

    /// <summary>One feature: a kernel applied to a channel with a parameter. Desktop only; the device runs generated calls.</summary>
    public sealed class Feature
    {
        /// <summary>Describes a feature; see the properties.</summary>
        public Feature(int index, string name, string unit, Kernel kernel, int channel, int parameter, int lowest, int highest)
        {
            Index = index;
            Name = name;
            Unit = unit;
            Kernel = kernel;
            Channel = channel;
            Parameter = parameter;
            Lowest = lowest;
            Highest = highest;
        }

        /// <summary>Column in tables of all features.</summary>
        public int Index { get; }

        /// <summary>Stable name, for example "acov16.gx4": family, parameter, channel. Models refer to features by it.</summary>
        public string Name { get; }

        /// <summary>Unit and scale, for example "counts²" or "Q12".</summary>
        public string Unit { get; }

        /// <summary>The shared source that computes it.</summary>
        public Kernel Kernel { get; }

        /// <summary>The channel it reads, see <see cref="ChannelId"/>.</summary>
        public int Channel { get; }

        /// <summary>The kernel's parameter; 0 where it has none.</summary>
        public int Parameter { get; }

        /// <summary>No window gives less.</summary>
        public int Lowest { get; }

        /// <summary>No window gives more.</summary>
        public int Highest { get; }
    }
}
