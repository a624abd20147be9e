using TorchSharp.Extras.Native;
using TorchSharp.Extras.Optim;

namespace TorchSharp.Modules.Fused;

/// <summary>Stochastic gradient descent whose step is one operator of libtorch. Create it with <c>torch.optim.fused.SGD</c>.</summary>
/// <remarks>
/// It has TorchSharp's base class, parameter groups, states and state files, and computes the same numbers to rounding. Parameters that are not dense
/// tensors of floating point numbers on the CPU, and a group that maximizes, make it take TorchSharp's own step. CUDA was not tested.
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
        // PyTorch and TorchSharp decay the weights the other way round when they maximize
        var gradients = _parameter_groups.Any(group => ((Options)group.Options).maximize == true) ? null : FusedGradients.TryCollect(_parameter_groups);
        if (gradients is null)
        {
            base.step();
            return loss;
        }
        foreach (var (group, pairs) in _parameter_groups.Zip(gradients))
            Step((Options)group.Options, pairs);
        return loss;
    }

    /// <inheritdoc/>
    public override void load_state_dict(StateDictionary state_dict)
    {
        ArgumentNullException.ThrowIfNull(state_dict);
        // TorchSharp's own method fails for a state without momentum
        var own = this.state_dict();
        if (state_dict.Options.Count != own.Options.Count || state_dict.State.Count != own.State.Count)
        {
            throw new ArgumentException(
                $"The state has {state_dict.Options.Count} parameter groups with {state_dict.State.Count} parameters; the optimizer has "
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

    private void Step(Options options, List<(Parameter Parameter, torch.Tensor Gradient)> pairs)
    {
        var batches = new Dictionary<(torch.ScalarType Type, bool IsFirst), Batch>();
        foreach (var (parameter, gradient) in pairs)
        {
            var isFirst = false;
            torch.Tensor? momentum = null;
            if (options.momentum != 0)
            {
                var state = (State)_state[parameter.Handle];
                isFirst = state.momentum_buffer is null;
                if (isFirst)
                    state.momentum_buffer = torch.empty_like(parameter).DetachFromDisposeScope();
                else
                    FusedGradients.Align(parameter, ref state.momentum_buffer!);
                momentum = state.momentum_buffer;
            }
            if (!batches.TryGetValue((parameter.dtype, isFirst), out var batch))
                batches.Add((parameter.dtype, isFirst), batch = new Batch());
            batch.Parameters.Add(parameter);
            batch.Gradients.Add(gradient);
            if (momentum is not null)
                batch.Momenta.Add(momentum);
        }
        foreach (var ((_, isFirst), batch) in batches)
        {
            _operator.Call(
                batch.Parameters, batch.Gradients, batch.Momenta, options.weight_decay!.Value, options.momentum!.Value, options.LearningRate!.Value,
                options.dampening!.Value, options.nesterov!.Value, false, isFirst, OperatorArgument.None, OperatorArgument.None);
        }
    }

    /// <summary>What one call of the operator takes.</summary>
    private sealed class Batch
    {
        public List<torch.Tensor> Parameters { get; } = [];

        public List<torch.Tensor> Gradients { get; } = [];

        public List<torch.Tensor> Momenta { get; } = [];
    }
}
