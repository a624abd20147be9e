using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// An optimizer whose step runs each operator once over all parameters (libtorch's <c>_foreach_</c> operators), or on a GPU one fused operator,
/// where libtorch has it. Parameters that have taken a different number of steps, because some had no gradient, are stepped apart.
/// </summary>
/// <typeparam name="TOptions">A group's settings.</typeparam>
public abstract class ForeachOptimizer<TOptions> : OptimizerHelper
    where TOptions : OptimizerOptions, new()
{
    private readonly TOptions _defaults;

    private protected ForeachOptimizer(IEnumerable<ParamGroup<TOptions>> groups, TOptions defaults)
    {
        _defaults = defaults;
        foreach (var group in groups)
            add_param_group(group);
        if (Groups.Count == 0)
            throw new ArgumentException("The optimizer got no parameter groups.", nameof(groups));
    }

    public override void add_param_group(ParamGroup param_group)
    {
        if (param_group is not ParamGroup<TOptions> group)
        {
            throw new ArgumentException(
                $"{GetType().Name} takes a {GetType().Name}.ParamGroup, not {param_group.GetType().FullName}.", nameof(param_group));
        }
        group.Options.Complete(_defaults);
        group.InitialLearningRate = group.LearningRate;
        Check(group.Options);
        base.add_param_group(group);
    }

    public override Tensor? step(Func<Tensor>? closure = null)
    {
        Tensor? loss = null;
        if (closure is not null)
        {
            using var tracked = enable_grad();
            loss = closure();
        }
        using var untracked = no_grad();
        foreach (var group in Groups)
        {
            if (StepAtOnce((ParamGroup<TOptions>)group))
                continue;
            List<(Parameter Parameter, Tensor Gradient, OptimizerState State)> ready = [];
            foreach (var parameter in group.Parameters)
            {
                if (parameter.grad is { } gradient)
                    ready.Add((parameter, gradient, StateOf(parameter)));
            }
            foreach (var together in ready.GroupBy(entry => entry.State.step))
                Step((ParamGroup<TOptions>)group, [.. together], together.Key + 1);
        }
        return loss;
    }

    /// <summary>The tensors of state that a parameter has, all in its shape, by PyTorch's names.</summary>
    private protected abstract string[] StateNames(TOptions options);

    /// <param name="options">The group's settings, none null.</param>
    /// <param name="lr">The group's learning rate.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="gradients">Their gradients; not to be changed.</param>
    /// <param name="states">Their tensors of state: one array a name, as <see cref="NewState"/> gave them before the first step.</param>
    /// <param name="step">Which step this is for them, from 1.</param>
    private protected abstract void Step(
        TOptions options, double lr, Tensor[] parameters, Tensor[] gradients, IReadOnlyList<Tensor[]> states, long step);

    /// <summary>The same step as one of libtorch's fused operators; false, with nothing changed, where it has none.</summary>
    private protected virtual bool StepFused(
        TOptions options, double lr, Tensor[] parameters, Tensor[] gradients, IReadOnlyList<Tensor[]> states, long step) => false;

    /// <summary>
    /// The same step as one pass over all of the group in native code; false, with nothing changed, where there is none for these tensors.
    /// </summary>
    /// <param name="options">The group's settings, none null.</param>
    /// <param name="lr">The group's learning rate.</param>
    /// <param name="handles">The parameters, then each state of all of them.</param>
    /// <param name="count">How many parameters.</param>
    /// <param name="step">Which step this is for them, from 2.</param>
    private protected virtual unsafe bool StepAtOnce(TOptions options, double lr, nint* handles, int count, long step) => false;

    private protected virtual Tensor NewState(Parameter parameter, TOptions options) => zeros_like(parameter);

    /// <exception cref="ArgumentException">The settings cannot work.</exception>
    private protected virtual void Check(TOptions options)
    {
        if (!(options.LearningRate >= 0))
            throw new ArgumentException($"The learning rate is {options.LearningRate}; it must be 0 or more.");
    }

    private unsafe bool StepAtOnce(ParamGroup<TOptions> group)
    {
        var names = StateNames(group.Options);
        var parameters = group.Parameters;
        var step = StateOf(parameters[0]).step + 1;
        var handles = new nint[parameters.Count * (names.Length + 1)];
        for (var i = 0; i < parameters.Count; i++)
        {
            var state = StateOf(parameters[i]);
            if (state.step + 1 != step)
                return false;
            handles[i] = parameters[i].Handle;
            for (var j = 0; j < names.Length; j++)
            {
                if (!state.Tensors.TryGetValue(names[j], out var tensor))
                    return false;
                handles[((j + 1) * parameters.Count) + i] = tensor.Handle;
            }
        }
        fixed (nint* first = handles)
        {
            if (!StepAtOnce(group.Options, group.LearningRate, first, parameters.Count, step))
                return false;
        }
        foreach (var parameter in parameters)
            StateOf(parameter).step = step;
        return true;
    }

    private void Step(ParamGroup<TOptions> group, (Parameter Parameter, Tensor Gradient, OptimizerState State)[] ready, long step)
    {
        var names = StateNames(group.Options);
        foreach (var (parameter, _, state) in ready)
        {
            foreach (var name in names)
            {
                if (!state.Tensors.ContainsKey(name))
                    state.Tensors.Add(name, NewState(parameter, group.Options).DetachFromDisposeScope());
            }
        }
        var gradients = Array.ConvertAll(ready, entry => entry.Gradient);
        Tensor[] parameters = Array.ConvertAll(ready, entry => (Tensor)entry.Parameter);
        var states = Array.ConvertAll(names, name => Array.ConvertAll(ready, entry => entry.State.Tensors[name]));
        if (!Fused.Takes(parameters, gradients, states) || !StepFused(group.Options, group.LearningRate, parameters, gradients, states, step))
            Step(group.Options, group.LearningRate, parameters, gradients, states, step);
        foreach (var (_, gradient, state) in ready)
        {
            gradient.Dispose();
            state.step = step;
        }
    }
}
