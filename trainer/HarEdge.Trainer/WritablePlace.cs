namespace HarEdge.Trainer;

/// <summary>Finds out before the work whether its result can be written.</summary>
internal static class WritablePlace
{
    // A run folder takes about a tenth of it.
    private const long LeastFreeBytes = 1 << 20;

    /// <summary>Tries to make something in the nearest folder that exists on the way to a path, and takes it away again.</summary>
    /// <exception cref="InputException">A file is in the way, the place cannot be written, or its disk is full.</exception>
    public static void Verify(string path)
    {
        try
        {
            var place = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
            while (place is not null && !Directory.Exists(place))
            {
                if (File.Exists(place))
                {
                    throw new InputException($"'{path}' cannot be made because '{Path.GetFileName(place)}' is a file.", "Give another folder with --out.");
                }

                place = Path.GetDirectoryName(place);
            }

            var probe = Path.Combine(place ?? Path.GetFullPath("."), ".haredge-probe-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(probe);
            var freeBytes = new DriveInfo(probe).AvailableFreeSpace;
            Directory.Delete(probe);
            if (freeBytes < LeastFreeBytes)
            {
                throw new InputException($"The disk of '{path}' is full: {freeBytes} bytes are free.", "Make room, or give a folder on another disk with --out.");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new InputException($"'{path}' cannot be written: {e.Message}", "Give a folder you may write with --out.", inner: e);
        }
    }
}
