using System.Reflection;
using System.Runtime.InteropServices;

namespace HarEdge.Trainer.Learning.LightGbm;

/// <summary>Finds the native library, and turns its failures into sentences.</summary>
internal static class LightGbmLibrary
{
    internal const string Name = "lib_lightgbm";

    /// <summary>Loads the library now, so that a missing part is explained before any work is done.</summary>
    /// <param name="library">Name or path; by default the one the package brings.</param>
    /// <exception cref="InputException">The library, or the OpenMP runtime it wants, is not on this machine.</exception>
    internal static void EnsureLoaded(string library = Name)
    {
        try
        {
            _ = NativeLibrary.Load(library, Assembly.GetExecutingAssembly(), null);
        }
        catch (DllNotFoundException e) when (e.Message.Contains("libgomp", StringComparison.Ordinal))
        {
            throw new InputException(
                "LightGBM needs the OpenMP runtime libgomp.so.1, which this machine does not have.",
                "Install it: apt-get install libgomp1 (Debian, Ubuntu), dnf install libgomp (Fedora) or apk add libgomp (Alpine).",
                inner: e);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new InputException(
                $"LightGBM's native library does not load on {RuntimeInformation.RuntimeIdentifier}.",
                "Train on 64-bit x86 Windows, Linux with glibc, or macOS with libomp (brew install libomp).",
                inner: e);
        }
    }

    /// <summary>Throws unless a call into the library went well.</summary>
    internal static void Check(int status, string call)
    {
        if (status != 0)
        {
            var reason = Marshal.PtrToStringUTF8(NativeMethods.LGBM_GetLastError());
            throw new LightGbmException(call, string.IsNullOrEmpty(reason) ? "no reason given" : reason);
        }
    }
}

/// <summary>A call into LightGBM failed; the message names the call and repeats what the library says.</summary>
internal sealed class LightGbmException(string call, string reason) : Exception($"{call} failed: {reason}")
{
    /// <summary>The function of the C API that failed.</summary>
    public string Call { get; } = call;
}
