using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The settings of a group. What is null takes the optimizer's own setting when the group is added.</summary>
public abstract class OptimizerOptions
{
    public double? LearningRate { get; set; }

    public double InitialLearningRate { get; set; }

    internal OptimizerOptions Clone() => (OptimizerOptions)MemberwiseClone();

    /// <summary>Sets what is null as <paramref name="defaults"/>, of the same type, has it.</summary>
    internal void Complete(OptimizerOptions defaults)
    {
        LearningRate ??= defaults.LearningRate;
        Inherit(defaults);
    }

    private protected abstract void Inherit(OptimizerOptions defaults);
}

/// <summary>Parameters that an optimizer treats alike.</summary>
public abstract class ParamGroup : optim.ILearningRateController
{
    private protected ParamGroup(IEnumerable<Parameter> parameters, OptimizerOptions options)
    {
        Parameters = [.. parameters];
        BaseOptions = options;
    }

    public IReadOnlyList<Parameter> Parameters { get; }

    public double LearningRate
    {
        get => BaseOptions.LearningRate.GetValueOrDefault();
        set => BaseOptions.LearningRate = value;
    }

    public double InitialLearningRate
    {
        get => BaseOptions.InitialLearningRate;
        set => BaseOptions.InitialLearningRate = value;
    }

    internal OptimizerOptions BaseOptions { get; set; }
}

/// <inheritdoc cref="ParamGroup"/>
/// <typeparam name="TOptions">The optimizer's options.</typeparam>
public class ParamGroup<TOptions> : ParamGroup
    where TOptions : OptimizerOptions, new()
{
    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
        : base(parameters, options ?? new TOptions())
    {
    }

    public TOptions Options
    {
        get => (TOptions)BaseOptions;
        set => BaseOptions = value;
    }
}
