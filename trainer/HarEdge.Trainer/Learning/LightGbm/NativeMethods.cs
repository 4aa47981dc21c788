using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HarEdge.Trainer.Learning.LightGbm;

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
