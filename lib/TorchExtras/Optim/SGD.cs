using TorchSharp.Extras.Native;
using TorchSharp.Extras.Optim;

namespace TorchSharp.Modules.Fused;

/// <summary>The stochastic gradient descent optimizer with a single fused operator per step. Create it with <c>torch.optim.fused.SGD</c>.</summary>
/// <remarks>
/// Base class, parameter groups, states and state files are TorchSharp's, and steps equal TorchSharp's up to rounding. If a parameter is not a dense
/// floating-point tensor on the CPU, or if a group maximizes, the optimizer uses TorchSharp's step. CUDA is untested.
/// </remarks>
public sealed class SGD : Modules.SGD
{
    private static readonly Operator _operator = new("aten::_fused_sgd_", "", 0);

    internal SGD(
        IEnumerable<ParamGroup> parameters, double lr, double momentum, double dampening, double weight_decay, bool nesterov, bool maximize)
        : base(parameters, lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    /// <inheritdoc/>
    public override torch.Tensor? step(Func<torch.Tensor>? closure = null)
    {
        var loss = FusedGradients.Evaluate(closure);
        using var untracked = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        // PyTorch and TorchSharp apply weight decay with opposite signs when they maximize
        var gradients = _parameter_groups.Any(group => ((Options)group.Options).maximize == true) ? null : FusedGradients.TryCollect(_parameter_groups);
        if (gradients is null)
        {
            base.step();
            return loss;
        }
        foreach (var (group, parameters) in _parameter_groups.Zip(gradients))
            Step((Options)group.Options, parameters);
        return loss;
    }

    /// <inheritdoc/>
    public override void load_state_dict(StateDictionary state_dict)
    {
        ArgumentNullException.ThrowIfNull(state_dict);
        // TorchSharp's method fails for a state without momentum
        var own = this.state_dict();
        if (state_dict.Options.Count != own.Options.Count || state_dict.State.Count != own.State.Count)
        {
            throw new ArgumentException(
                $"The state has {state_dict.Options.Count} parameter groups with {state_dict.State.Count} parameters, but the optimizer has "
                + $"{own.Options.Count} with {own.State.Count}.",
                nameof(state_dict));
        }
        for (var i = 0; i < own.Options.Count; i++)
            own.Options[i].LoadStateDict(state_dict.Options[i]);
        for (var i = 0; i < own.State.Count; i++)
        {
            var (state, source) = ((State)own.State[i], (State)state_dict.State[i]);
            if (ReferenceEquals(state, source))
                continue;
            if (source.momentum_buffer is null)
                state.Initialize(own.Options[0]);
            else
                state.LoadStateDict(source);
            state.momentum_buffer?.DetachFromDisposeScope();
        }
    }

    private void Step(Options options, List<FusedParameter> parameters)
    {
        var batches = new FusedBatches(lists: 3, parameters);
        foreach (var fused in parameters)
        {
            var state = options.momentum != 0 ? (State)_state[fused.Parameter.Handle] : null;
            var isFirst = state is { momentum_buffer: null };
            if (isFirst)
                state!.momentum_buffer = torch.empty_like(fused.Parameter).DetachFromDisposeScope();
            var lists = batches.Of(fused, isFirst);
            StableInterface.AddTo(lists[0], StableInterface.NewReference(fused.Parameter));
            StableInterface.AddTo(lists[1], fused.Gradient);
            if (state is not null)
                StableInterface.AddTo(lists[2], FusedGradients.Align(fused, ref state.momentum_buffer!));
        }
        foreach (var (_, isSmall, isFirst, lists) in batches.All)
        {
            using var limit = isSmall ? ThreadLimit.ToOne() : default;
            _operator.Call(
                OperatorArgument.List(lists[0]), OperatorArgument.List(lists[1]), OperatorArgument.List(lists[2]), options.weight_decay!.Value,
                options.momentum!.Value, options.LearningRate!.Value, options.dampening!.Value, options.nesterov!.Value, false, isFirst,
                OperatorArgument.None, OperatorArgument.None);
        }
    }
}
