namespace HarEdge.Core
{
    /// <summary>
    /// The channels a kernel can read: the six measured ones, four derived from them, and a coarse copy of all ten,
    /// averaged over four samples, on which every kernel costs a quarter.
    /// </summary>
    public static class ChannelId
    {
        /// <summary>Acceleration along x; y and z follow. Counts.</summary>
        public const int Ax = 0;

        /// <summary>Acceleration along y. Counts.</summary>
        public const int Ay = 1;

        /// <summary>Acceleration along z. Counts.</summary>
        public const int Az = 2;

        /// <summary>Rotation about x; y and z follow. Counts.</summary>
        public const int Gx = 3;

        /// <summary>Rotation about y. Counts.</summary>
        public const int Gy = 4;

        /// <summary>Rotation about z. Counts.</summary>
        public const int Gz = 5;

        /// <summary>Length of the acceleration vector in half counts: √3 · 2^15 would not fit a short.</summary>
        public const int AccelMagnitude = 6;

        /// <summary>Length of the rotation vector in half counts.</summary>
        public const int GyroMagnitude = 7;

        /// <summary>Acceleration along the window's mean acceleration (gravity, when the wearer does not fall), half counts.</summary>
        public const int AccelVertical = 8;

        /// <summary>Rotation about the window's mean acceleration, half counts.</summary>
        public const int GyroVertical = 9;

        /// <summary>Added to a channel: its coarse copy. Means of four samples, 12.5 Hz.</summary>
        public const int Coarse = 10;

        /// <summary>All channels.</summary>
        public const int Count = 20;

        /// <summary>Samples averaged into one coarse sample, as a power of two.</summary>
        public const int CoarseShift = 2;

        /// <summary>Name as in feature names: "ax", "am" (magnitude), "av" (vertical), "gx4" (coarse).</summary>
        public static string Name(int channel)
        {
            string suffix = channel >= Coarse ? "4" : "";
            switch (channel % Coarse)
            {
                case Ax: return "ax" + suffix;
                case Ay: return "ay" + suffix;
                case Az: return "az" + suffix;
                case Gx: return "gx" + suffix;
                case Gy: return "gy" + suffix;
                case Gz: return "gz" + suffix;
                case AccelMagnitude: return "am" + suffix;
                case GyroMagnitude: return "gm" + suffix;
                case AccelVertical: return "av" + suffix;
                default: return "gv" + suffix;
            }
        }
    }
}
