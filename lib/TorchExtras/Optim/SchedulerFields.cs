using System.Runtime.CompilerServices;
using static TorchSharp.torch;
using static TorchSharp.torch.optim.lr_scheduler;

namespace TorchSharp.Extras.Optim;

/// <summary>
/// Accesses non-public fields of TorchSharp's schedulers. The members throw <see cref="MissingFieldException"/> with the field's name
/// if another version of TorchSharp does not have it.
/// </summary>
internal static class SchedulerFields
{
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_optimizer")]
    public static extern ref optim.Optimizer Optimizer(LRScheduler scheduler);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_last_epoch")]
    public static extern ref int LastEpoch(LRScheduler scheduler);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_step_count")]
    public static extern ref int StepCount(LRScheduler scheduler);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_base_lrs")]
    public static extern ref IList<double> BaseRates(LRScheduler scheduler);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_last_lrs")]
    public static extern ref IList<double> LastRates(LRScheduler scheduler);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "best")]
    public static extern ref double Best(impl.ReduceLROnPlateau scheduler);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "num_bad_epochs")]
    public static extern ref int BadEpochs(impl.ReduceLROnPlateau scheduler);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "cooldown_counter")]
    public static extern ref int CooldownCounter(impl.ReduceLROnPlateau scheduler);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_schedulers")]
    public static extern ref LRScheduler[] Schedulers(impl.SequentialLR scheduler);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_schedulers")]
    public static extern ref IEnumerable<LRScheduler> Schedulers(impl.ChainedLR scheduler);
}
