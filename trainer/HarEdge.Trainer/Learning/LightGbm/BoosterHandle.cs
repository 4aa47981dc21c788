using Microsoft.Win32.SafeHandles;

namespace HarEdge.Trainer.Learning.LightGbm;

/// <summary>Owns a native booster; freed once, also when a constructor throws.</summary>
internal sealed class BoosterHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal BoosterHandle(IntPtr native)
        : base(ownsHandle: true) => SetHandle(native);

    protected override bool ReleaseHandle() => NativeMethods.LGBM_BoosterFree(handle) == 0;
}
