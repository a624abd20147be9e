using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// Learning-rate schedules of PyTorch that TorchSharp lacks, for <see cref="TrainerOptions.Scheduler"/>: <c>Scheduler = Schedulers.WarmupCosine(100,
/// 1000), SchedulerInterval = SchedulerInterval.Step</c>. The unit of all numbers of steps is a scheduler step: a training step or an epoch,
/// depending on <see cref="TrainerOptions.SchedulerInterval"/>.
/// </summary>
public static class Schedulers
{
    /// <summary>Returns a schedule that increases linearly to the optimizer's learning rate, which it then keeps.</summary>
    /// <param name="warmupSteps">The number of steps below the full rate; the first has 1 / (warmupSteps + 1) of it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="warmupSteps"/> is negative.</exception>
    public static Func<optim.Optimizer, optim.lr_scheduler.LRScheduler> Warmup(int warmupSteps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(warmupSteps);
        return Scaled(step => Math.Min(1, (step + 1.0) / (warmupSteps + 1)));
    }

    /// <summary>Returns a schedule that increases linearly to the optimizer's learning rate and then decreases along half a cosine.</summary>
    /// <param name="warmupSteps">The number of steps below the full rate; the first has 1 / (warmupSteps + 1) of it.</param>
    /// <param name="totalSteps">The number of steps after which the lowest rate is reached; later steps keep it.</param>
    /// <param name="lowest">The lowest rate, as a fraction of the optimizer's learning rate.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="warmupSteps"/> is negative, <paramref name="totalSteps"/> is not greater, or <paramref name="lowest"/> is not between 0 and 1.</exception>
    public static Func<optim.Optimizer, optim.lr_scheduler.LRScheduler> WarmupCosine(int warmupSteps, int totalSteps, double lowest = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(warmupSteps);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(totalSteps, warmupSteps);
        RequireFraction(lowest);
        return Scaled(step => step < warmupSteps
            ? (step + 1.0) / (warmupSteps + 1)
            : Cosine(Math.Min(1, (double)(step - warmupSteps) / (totalSteps - warmupSteps)), lowest));
    }

    /// <summary>
    /// Returns a schedule that repeatedly decreases along half a cosine, like PyTorch's CosineAnnealingWarmRestarts.
    /// Loshchilov and Hutter, 2017, <see href="https://arxiv.org/abs/1608.03983">SGDR</see>.
    /// </summary>
    /// <param name="firstCycle">The number of steps from the start to the first restart.</param>
    /// <param name="cycleFactor">The factor by which each cycle is longer than the one before.</param>
    /// <param name="lowest">The lowest rate, as a fraction of the optimizer's learning rate.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="firstCycle"/> or <paramref name="cycleFactor"/> is not positive, or <paramref name="lowest"/> is not between 0 and 1.</exception>
    public static Func<optim.Optimizer, optim.lr_scheduler.LRScheduler> CosineWithRestarts(int firstCycle, int cycleFactor = 1, double lowest = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(firstCycle);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cycleFactor);
        RequireFraction(lowest);
        return Scaled(step =>
        {
            var (start, length) = (0L, (long)firstCycle);
            while (step >= start + length)
                (start, length) = (start + length, length * cycleFactor);
            return Cosine((double)(step - start) / length, lowest);
        });
    }

    private static void RequireFraction(double lowest)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lowest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lowest, 1);
    }

    private static double Cosine(double progress, double lowest) => lowest + ((1 - lowest) * (1 + Math.Cos(Math.PI * progress)) / 2);

    private static Func<optim.Optimizer, optim.lr_scheduler.LRScheduler> Scaled(Func<int, double> factor) =>
        optimizer => optim.lr_scheduler.LambdaLR(optimizer, factor);
}
