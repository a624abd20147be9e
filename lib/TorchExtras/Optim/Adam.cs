using TorchSharp.Extras.Optim;

namespace TorchSharp.Modules.Fused;

/// <summary>The Adam optimizer with a single fused operator per step. Create it with <c>torch.optim.fused.Adam</c>.</summary>
/// <remarks>
/// Base class, parameter groups, states and state files are TorchSharp's, and steps equal TorchSharp's up to rounding. If a parameter is not a dense
/// floating-point tensor on the CPU, the optimizer uses TorchSharp's step. CUDA is untested.
/// </remarks>
public sealed class Adam : Modules.Adam
{
    private static readonly FusedAdam<State, Fields> _steps = new("aten::_fused_adam_");

    internal Adam(
        IEnumerable<ParamGroup> parameters, double lr, double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize)
        : base(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    /// <inheritdoc/>
    public override torch.Tensor? step(Func<torch.Tensor>? closure = null) =>
        _steps.Step(_parameter_groups, parameter => _state[parameter.Handle], closure, () => base.step());

    /// <inheritdoc/>
    public override void load_state_dict(StateDictionary state_dict)
    {
        base.load_state_dict(state_dict);
        FusedAdam<State, Fields>.Keep(this.state_dict().State);
    }

    private sealed class Fields : IAdamFields<State>
    {
        public static ref torch.Tensor Mean(State state) => ref state.exp_avg;

        public static ref torch.Tensor Square(State state) => ref state.exp_avg_sq;

        public static ref torch.Tensor MostSquare(State state) => ref state.max_exp_avg_sq;

        public static ref long Step(State state) => ref state.step;

        public static AdamSettings Settings(OptimizerOptions options)
        {
            var own = (Options)options;
            return new(
                own.LearningRate!.Value, own.beta1!.Value, own.beta2!.Value, own.weight_decay!.Value, own.eps!.Value, own.amsgrad!.Value, own.maximize!.Value);
        }
    }
}
