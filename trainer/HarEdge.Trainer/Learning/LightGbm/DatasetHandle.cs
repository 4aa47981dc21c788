using Microsoft.Win32.SafeHandles;

namespace HarEdge.Trainer.Learning.LightGbm;

/// <summary>Owns a native data set; freed once, also when a constructor throws.</summary>
internal sealed class DatasetHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal DatasetHandle(IntPtr native)
        : base(ownsHandle: true) => SetHandle(native);

    protected override bool ReleaseHandle() => NativeMethods.LGBM_DatasetFree(handle) == 0;
}
