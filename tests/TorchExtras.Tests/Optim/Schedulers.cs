using static TorchSharp.torch;
using static TorchSharp.torch.optim.lr_scheduler;

namespace TorchSharp.Extras.Tests.Optim;

/// <summary>TorchSharp's schedulers, with settings that change the rates within a few steps.</summary>
internal static class Schedulers
{
    private static readonly Dictionary<string, Func<optim.Optimizer, LRScheduler>> _all = new()
    {
        ["LambdaLR"] = optimizer => LambdaLR(optimizer, epoch => Math.Pow(0.9, epoch)),
        ["MultiplicativeLR"] = optimizer => MultiplicativeLR(optimizer, epoch => 1 - (0.01 * epoch)),
        ["StepLR"] = optimizer => StepLR(optimizer, 2, 0.5),
        ["MultiStepLR"] = optimizer => MultiStepLR(optimizer, [2, 6, 8], 0.5),
        ["PolynomialLR"] = optimizer => PolynomialLR(optimizer, total_iters: 9, power: 2),
        ["ExponentialLR"] = optimizer => ExponentialLR(optimizer, 0.9),
        ["ConstantLR"] = optimizer => ConstantLR(optimizer, 0.5, 6),
        ["LinearLR"] = optimizer => LinearLR(optimizer, 0.1, 1, 8),
        ["CosineAnnealingLR"] = optimizer => CosineAnnealingLR(optimizer, 10),
        ["CyclicLR"] = optimizer => CyclicLR(optimizer, 0.01, 0.1, step_size_up: 3, mode: impl.CyclicLR.Mode.Triangular2),
        ["OneCycleLR"] = optimizer => OneCycleLR(optimizer, 0.1, total_steps: 12),
        ["SequentialLR"] = optimizer => SequentialLR(optimizer, [LinearLR(optimizer, 0.1, 1, 3), ExponentialLR(optimizer, 0.9), StepLR(optimizer, 2, 0.5)], [3, 7]),
        ["ChainedLR"] = optimizer => ChainedLR([ConstantLR(optimizer, 0.5, 3), ExponentialLR(optimizer, 0.9)]),
        ["ReduceLROnPlateau"] = optimizer => ReduceLROnPlateau(optimizer, factor: 0.5, patience: 1, cooldown: 1),
    };

    public static IEnumerable<string> Names => _all.Keys;

    public static LRScheduler Create(string name, optim.Optimizer optimizer) => _all[name](optimizer);

    /// <summary>Takes a step; the loss of <see cref="impl.ReduceLROnPlateau"/> never improves.</summary>
    public static void Step(LRScheduler scheduler)
    {
        if (scheduler is impl.ReduceLROnPlateau)
            scheduler.step(1.0);
        else
            scheduler.step();
    }
}
