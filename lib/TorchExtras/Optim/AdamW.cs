using TorchSharp.Extras.Native;
using TorchSharp.Extras.Optim;

namespace TorchSharp.Modules.Fused;

/// <summary>AdamW whose step is one operator of libtorch. Create it with <c>torch.optim.fused.AdamW</c>.</summary>
/// <remarks>
/// It has TorchSharp's base class, parameter groups, states and state files, and computes the same numbers to rounding. Parameters that are not dense
/// tensors of floating point numbers on the CPU make it take TorchSharp's own step. CUDA was not tested.
/// </remarks>
public sealed class AdamW : Modules.AdamW
{
    private static readonly Operator _operator = new("aten::_fused_adamw_", "", 0);

    internal AdamW(
        IEnumerable<ParamGroup> parameters, double lr, double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize)
        : base(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    /// <inheritdoc/>
    public override torch.Tensor? step(Func<torch.Tensor>? closure = null)
    {
        var loss = FusedGradients.Evaluate(closure);
        using var untracked = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        if (FusedGradients.TryCollect(_parameter_groups) is not { } gradients)
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
        base.load_state_dict(state_dict);
        // TorchSharp leaves the copies in the caller's dispose scope
        foreach (var state in this.state_dict().State.Cast<State>())
        {
            state.exp_avg.DetachFromDisposeScope();
            state.exp_avg_sq.DetachFromDisposeScope();
            state.max_exp_avg_sq?.DetachFromDisposeScope();
        }
    }

    private void Step(Options options, List<(Parameter Parameter, torch.Tensor Gradient)> pairs)
    {
        var amsgrad = options.amsgrad!.Value;
        var batches = new AdamBatches();
        foreach (var (parameter, gradient) in pairs)
        {
            var state = (State)_state[parameter.Handle];
            FusedGradients.Align(parameter, ref state.exp_avg);
            FusedGradients.Align(parameter, ref state.exp_avg_sq);
            if (amsgrad)
                FusedGradients.Align(parameter, ref state.max_exp_avg_sq);
            batches.Add(parameter, gradient, state.exp_avg, state.exp_avg_sq, amsgrad ? state.max_exp_avg_sq : null, ++state.step);
        }
        batches.Step(
            _operator, options.LearningRate!.Value, options.beta1!.Value, options.beta2!.Value, options.weight_decay!.Value, options.eps!.Value, amsgrad,
            options.maximize!.Value);
    }
}
