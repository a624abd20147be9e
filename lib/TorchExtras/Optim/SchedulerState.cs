using System.Collections;
using static TorchSharp.torch.optim.lr_scheduler;

namespace TorchSharp.Extras.Optim;

/// <summary>The state of a scheduler and its nested schedulers. Null values are not applied and not included in dictionaries.</summary>
internal sealed record SchedulerState
{
    private const string BaseRatesName = "base_lrs", LastEpochName = "last_epoch", StepCountName = "_step_count", LastRatesName = "_last_lr";
    private const string BestName = "best", BadEpochsName = "num_bad_epochs", CooldownName = "cooldown_counter", PartsName = "_schedulers";
    private const string FunctionsName = "lr_lambdas";

    private double[]? BaseRates { get; init; }

    private double[]? LastRates { get; init; }

    private int? LastEpoch { get; init; }

    private int? StepCount { get; init; }

    private (double Best, int BadEpochs, int Cooldown)? Plateau { get; init; }

    private SchedulerState[]? Parts { get; init; }

    /// <summary>
    /// Gets a value that indicates whether the scheduler calls user functions; PyTorch requires a list of null for functions, which are not saved.
    /// </summary>
    private bool HasFunctions { get; init; }

    public static SchedulerState Of(LRScheduler scheduler)
    {
        var parts = PartsOf(scheduler);
        if (scheduler is impl.ChainedLR)
            return new() { LastRates = RatesOf(scheduler), Parts = [.. parts.Select(Of)] };
        var plateau = scheduler as impl.ReduceLROnPlateau;
        return new()
        {
            BaseRates = plateau is null ? [.. SchedulerFields.BaseRates(scheduler)] : null,
            LastRates = RatesOf(scheduler),
            LastEpoch = SchedulerFields.LastEpoch(scheduler) + FirstEpoch(scheduler),
            StepCount = plateau is null ? SchedulerFields.StepCount(scheduler) : null,
            Plateau = plateau is null
                ? null
                : (SchedulerFields.Best(plateau), SchedulerFields.BadEpochs(plateau), SchedulerFields.CooldownCounter(plateau)),
            Parts = scheduler is impl.SequentialLR ? [.. parts.Select(Of)] : null,
            HasFunctions = scheduler is impl.LambdaLR or impl.MultiplicativeLR,
        };
    }

    /// <exception cref="ArgumentException">The state is not valid for the scheduler.</exception>
    public static SchedulerState Read(LRScheduler scheduler, IDictionary state)
    {
        var reader = new SchedulerStateReader(scheduler.GetType().Name, state);
        var parts = PartsOf(scheduler);
        SchedulerState[]? states = null;
        if (scheduler is impl.ChainedLR or impl.SequentialLR)
            states = [.. parts.Zip(reader.Dictionaries(PartsName, parts.Length), Read)];
        if (scheduler is impl.ChainedLR)
            return new() { Parts = states };
        var groups = SchedulerFields.Optimizer(scheduler).ParamGroups.Count();
        var epoch = reader.Integer(LastEpochName);
        return new()
        {
            // PyTorch's SequentialLR and ReduceLROnPlateau have no initial rates
            BaseRates = scheduler is impl.SequentialLR or impl.ReduceLROnPlateau && !reader.Has(BaseRatesName)
                ? null
                : reader.Numbers(BaseRatesName, groups),
            LastRates = reader.Has(LastRatesName) ? reader.Numbers(LastRatesName, groups) : null,
            LastEpoch = epoch - FirstEpoch(scheduler),
            StepCount = reader.Has(StepCountName) ? reader.Integer(StepCountName) : epoch + 1,
            Plateau = scheduler is impl.ReduceLROnPlateau
                ? (reader.Number(BestName), reader.Integer(BadEpochsName), reader.Integer(CooldownName))
                : null,
            Parts = states,
        };
    }

    public void Apply(LRScheduler scheduler)
    {
        if (BaseRates is not null)
            SchedulerFields.BaseRates(scheduler) = [.. BaseRates];
        // in place, because SequentialLR shares the list with its first scheduler
        for (var i = 0; i < LastRates?.Length; i++)
            SchedulerFields.LastRates(scheduler)[i] = LastRates[i];
        if (LastEpoch is { } epoch)
            SchedulerFields.LastEpoch(scheduler) = epoch;
        if (StepCount is { } steps)
            SchedulerFields.StepCount(scheduler) = steps;
        if (Plateau is { } measured && scheduler is impl.ReduceLROnPlateau plateau)
        {
            SchedulerFields.Best(plateau) = measured.Best;
            SchedulerFields.BadEpochs(plateau) = measured.BadEpochs;
            SchedulerFields.CooldownCounter(plateau) = measured.Cooldown;
        }
        foreach (var (part, state) in PartsOf(scheduler).Zip(Parts ?? []))
            state.Apply(part);
    }

    public Dictionary<string, object> ToDictionary()
    {
        var state = new Dictionary<string, object>();
        if (BaseRates is not null)
            state.Add(BaseRatesName, BaseRates.ToList());
        if (LastEpoch is { } epoch)
            state.Add(LastEpochName, (long)epoch);
        if (StepCount is { } steps)
            state.Add(StepCountName, (long)steps);
        if (LastRates is not null)
            state.Add(LastRatesName, LastRates.ToList());
        if (Plateau is { } plateau)
        {
            state.Add(BestName, plateau.Best);
            state.Add(BadEpochsName, (long)plateau.BadEpochs);
            state.Add(CooldownName, (long)plateau.Cooldown);
        }
        if (HasFunctions)
            state.Add(FunctionsName, new List<object?>(new object?[BaseRates?.Length ?? 0]));
        if (Parts is not null)
            state.Add(PartsName, Parts.Select(part => part.ToDictionary()).ToList());
        return state;
    }

    private static LRScheduler[] PartsOf(LRScheduler scheduler) => scheduler switch
    {
        impl.SequentialLR sequential => SchedulerFields.Schedulers(sequential),
        impl.ChainedLR chained => [.. SchedulerFields.Schedulers(chained)],
        _ => [],
    };

    // TorchSharp's ReduceLROnPlateau and ChainedLR do not keep the rates that they set
    private static double[]? RatesOf(LRScheduler scheduler) => scheduler switch
    {
        impl.ChainedLR => PartsOf(scheduler).LastOrDefault() is { } last ? RatesOf(last) : null,
        impl.ReduceLROnPlateau => [.. SchedulerFields.Optimizer(scheduler).ParamGroups.Select(group => group.LearningRate)],
        _ => [.. SchedulerFields.LastRates(scheduler)],
    };

    /// <summary>Returns the offset of PyTorch's last_epoch: its ReduceLROnPlateau starts at 0, TorchSharp's at -1.</summary>
    private static int FirstEpoch(LRScheduler scheduler) => scheduler is impl.ReduceLROnPlateau ? 1 : 0;
}
