using TorchSharp.Extras.Native;
using TorchSharp.Modules;

namespace TorchSharp.Extras.Optim;

/// <summary>Accesses the state fields of Adam and AdamW, whose state classes have the same fields but no common base class.</summary>
/// <typeparam name="TState">The state of a parameter.</typeparam>
internal interface IAdamFields<TState>
{
    static abstract ref torch.Tensor Mean(TState state);

    static abstract ref torch.Tensor Square(TState state);

    static abstract ref torch.Tensor MostSquare(TState state);

    static abstract ref long Step(TState state);

    /// <summary>Returns the settings of a parameter group.</summary>
    static abstract AdamSettings Settings(OptimizerOptions options);
}

/// <summary>The settings of a step of Adam or AdamW.</summary>
internal readonly record struct AdamSettings(
    double Rate, double Beta1, double Beta2, double WeightDecay, double Epsilon, bool IsAmsgrad, bool Maximizes);

/// <summary>Computes the steps of Adam and AdamW, which differ only in the operator.</summary>
/// <typeparam name="TState">The state of a parameter.</typeparam>
/// <typeparam name="TFields">The fields of the state.</typeparam>
/// <param name="name">The operator's name.</param>
internal sealed class FusedAdam<TState, TFields>(string name)
    where TState : OptimizerState
    where TFields : IAdamFields<TState>
{
    private readonly Operator _operator = new(name, "", 0);

    /// <summary>Takes a step of all parameter groups, or calls TorchSharp's step if the fused operators do not support a parameter.</summary>
    /// <param name="groups">The parameter groups.</param>
    /// <param name="stateOf">A function that returns the state of a parameter.</param>
    /// <param name="closure">The closure of the step, or null.</param>
    /// <param name="plainStep">TorchSharp's step.</param>
    /// <returns>The loss that the closure returned.</returns>
    public torch.Tensor? Step(IEnumerable<ParamGroup> groups, Func<Parameter, OptimizerState> stateOf, Func<torch.Tensor>? closure, Action plainStep)
    {
        var loss = FusedGradients.Evaluate(closure);
        using var untracked = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        if (FusedGradients.TryCollect(groups) is not { } gradients)
        {
            plainStep();
            return loss;
        }
        foreach (var (group, parameters) in groups.Zip(gradients))
            Step(parameters, stateOf, TFields.Settings(group.Options));
        return loss;
    }

    private void Step(List<FusedParameter> parameters, Func<Parameter, OptimizerState> stateOf, in AdamSettings settings)
    {
        var batches = new FusedBatches(lists: 6, parameters);
        var steps = new Dictionary<long, torch.Tensor>();
        foreach (var fused in parameters)
        {
            var state = (TState)stateOf(fused.Parameter);
            var lists = batches.Of(fused);
            StableInterface.AddTo(lists[0], StableInterface.NewReference(fused.Parameter));
            StableInterface.AddTo(lists[1], fused.Gradient);
            StableInterface.AddTo(lists[2], FusedGradients.Align(fused, ref TFields.Mean(state)));
            StableInterface.AddTo(lists[3], FusedGradients.Align(fused, ref TFields.Square(state)));
            if (settings.IsAmsgrad)
                StableInterface.AddTo(lists[4], FusedGradients.Align(fused, ref TFields.MostSquare(state)));
            var step = ++TFields.Step(state);
            if (!steps.TryGetValue(step, out var count))
                steps.Add(step, count = torch.tensor((float)step));
            StableInterface.AddTo(lists[5], StableInterface.NewReference(count));
        }
        foreach (var (_, isSmall, _, lists) in batches.All)
        {
            using var limit = isSmall ? ThreadLimit.ToOne() : default;
            _operator.Call(
                OperatorArgument.List(lists[0]), OperatorArgument.List(lists[1]), OperatorArgument.List(lists[2]), OperatorArgument.List(lists[3]),
                OperatorArgument.List(lists[4]), OperatorArgument.List(lists[5]), settings.Rate, settings.Beta1, settings.Beta2, settings.WeightDecay,
                settings.Epsilon, settings.IsAmsgrad, settings.Maximizes, OperatorArgument.None, OperatorArgument.None);
        }
    }

    /// <summary>Detaches the tensors of loaded states from the caller's dispose scope, to which TorchSharp attaches them.</summary>
    public static void Keep(IEnumerable<OptimizerState> states)
    {
        foreach (var state in states.Cast<TState>())
        {
            TFields.Mean(state).DetachFromDisposeScope();
            TFields.Square(state).DetachFromDisposeScope();
            TFields.MostSquare(state)?.DetachFromDisposeScope();
        }
    }
}
