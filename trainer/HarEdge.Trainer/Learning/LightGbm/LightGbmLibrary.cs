using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

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

/// <summary>
/// The part of LightGBM's C API (c_api.h of 4.7.0) that training and distillation use. Every function returns 0, or −1 and
/// leaves a message; none is called from outside this folder.
/// </summary>
internal static partial class NativeMethods
{
    /// <summary>C_API_DTYPE_FLOAT32 and C_API_DTYPE_FLOAT64.</summary>
    internal const int Float32 = 0, Float64 = 1;

    /// <summary>C_API_PREDICT_NORMAL and C_API_PREDICT_RAW_SCORE.</summary>
    internal const int PredictNormal = 0, PredictRaw = 1;

    [LibraryImport(LightGbmLibrary.Name)]
    internal static partial IntPtr LGBM_GetLastError();

    [LibraryImport(LightGbmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int LGBM_DatasetCreateFromMat(
        ReadOnlySpan<double> data, int dataType, int rows, int columns, int isRowMajor, string parameters, IntPtr reference, out IntPtr dataset);

    [LibraryImport(LightGbmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int LGBM_DatasetCreateFromMat(
        ReadOnlySpan<double> data, int dataType, int rows, int columns, int isRowMajor, string parameters, DatasetHandle reference, out IntPtr dataset);

    [LibraryImport(LightGbmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int LGBM_DatasetSetField(DatasetHandle dataset, string field, ReadOnlySpan<float> data, int count, int dataType);

    [LibraryImport(LightGbmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int LGBM_DatasetSetField(DatasetHandle dataset, string field, ReadOnlySpan<double> data, int count, int dataType);

    [LibraryImport(LightGbmLibrary.Name)]
    internal static partial int LGBM_DatasetFree(IntPtr dataset);

    [LibraryImport(LightGbmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int LGBM_BoosterCreate(DatasetHandle dataset, string parameters, out IntPtr booster);

    [LibraryImport(LightGbmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int LGBM_BoosterLoadModelFromString(string model, out int iterations, out IntPtr booster);

    [LibraryImport(LightGbmLibrary.Name)]
    internal static partial int LGBM_BoosterFree(IntPtr booster);

    [LibraryImport(LightGbmLibrary.Name)]
    internal static partial int LGBM_BoosterUpdateOneIter(BoosterHandle booster, out int isFinished);

    [LibraryImport(LightGbmLibrary.Name)]
    internal static partial int LGBM_BoosterUpdateOneIterCustom(
        BoosterHandle booster, ReadOnlySpan<float> gradient, ReadOnlySpan<float> hessian, out int isFinished);

    [LibraryImport(LightGbmLibrary.Name)]
    internal static partial int LGBM_BoosterGetPredict(BoosterHandle booster, int dataIndex, out long count, Span<double> scores);

    [LibraryImport(LightGbmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int LGBM_BoosterPredictForMat(
        BoosterHandle booster,
        ReadOnlySpan<double> data,
        int dataType,
        int rows,
        int columns,
        int isRowMajor,
        int predictType,
        int startIteration,
        int iterations,
        string parameters,
        out long count,
        Span<double> result);

    [LibraryImport(LightGbmLibrary.Name)]
    internal static partial int LGBM_BoosterSaveModelToString(
        BoosterHandle booster, int startIteration, int iterations, int importanceType, long bufferBytes, out long bytes, Span<byte> buffer);
}

/// <summary>Owns a native booster; freed once, also when a constructor throws.</summary>
internal sealed class BoosterHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal BoosterHandle(IntPtr native)
        : base(ownsHandle: true) => SetHandle(native);

    protected override bool ReleaseHandle() => NativeMethods.LGBM_BoosterFree(handle) == 0;
}

/// <summary>Owns a native data set; freed once, also when a constructor throws.</summary>
internal sealed class DatasetHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal DatasetHandle(IntPtr native)
        : base(ownsHandle: true) => SetHandle(native);

    protected override bool ReleaseHandle() => NativeMethods.LGBM_DatasetFree(handle) == 0;
}
