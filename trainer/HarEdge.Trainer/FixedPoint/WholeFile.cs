using System.Text;

namespace HarEdge.Trainer.FixedPoint;

/// <summary>Writes a text file whole or not at all: beside its place first, then moved over it.</summary>
public static class WholeFile
{
    /// <summary>Writes UTF-8 without a byte order mark; an existing file is replaced.</summary>
    /// <exception cref="InputException">The folder cannot be written.</exception>
    public static void Write(string path, string text)
    {
        var temporary = path + ".new";
        try
        {
            File.WriteAllText(temporary, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            throw new InputException($"{path} cannot be written: {e.Message}", "Choose a folder that exists and that you may write to.", inner: e);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report.
        }
    }
}
