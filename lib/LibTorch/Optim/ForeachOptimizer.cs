using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// An optimizer whose step runs each operator once over all parameters (libtorch's <c>_foreach_</c> operators). Parameters that have taken
/// a different number of steps, because some had no gradient, are stepped apart.
/// </summary>
/// <typeparam name="TOptions">A group's settings, beside its learning rate.</typeparam>
public abstract class ForeachOptimizer<TOptions> : optim.Optimizer
{
    private readonly List<ParamGroup<TOptions>> _groups = [];
    private readonly Dictionary<Parameter, State> _states = new(ReferenceEqualityComparer.Instance);

    private protected ForeachOptimizer(IEnumerable<ParamGroup<TOptions>> groups)
    {
        foreach (var group in groups)
            add_param_group(group);
    }

    public override IEnumerable<optim.ILearningRateController> ParamGroups => _groups;

    public override IEnumerable<Parameter> parameters() => _groups.SelectMany(group => group.Parameters);

    /// <exception cref="ArgumentException">A parameter is in another group already, or the group is empty.</exception>
    public void add_param_group(ParamGroup<TOptions> param_group)
    {
        if (param_group.Parameters.Count == 0)
            throw new ArgumentException("The optimizer got no parameters: does the module's constructor call RegisterComponents() at its end?");
        foreach (var parameter in param_group.Parameters)
        {
            if (!_states.TryAdd(parameter, new State()))
                throw new ArgumentException("A parameter stands in the optimizer twice.", nameof(param_group));
        }
        _groups.Add(param_group);
    }

    public override Tensor? step(Func<Tensor>? closure = null)
    {
        var loss = closure?.Invoke();
        using var untracked = no_grad();
        foreach (var group in _groups)
        {
            List<(Parameter Parameter, Tensor Gradient, State State)> ready = [];
            foreach (var parameter in group.Parameters)
            {
                if (parameter.grad is { } gradient)
                    ready.Add((parameter, gradient, _states[parameter]));
            }
            foreach (var together in ready.GroupBy(entry => entry.State.Steps))
                Step(group, [.. together], together.Key + 1);
        }
        return loss;
    }

    /// <summary>How many tensors of state a parameter has, all in its shape.</summary>
    private protected abstract int StatesPerParameter(TOptions options);

    /// <param name="group">Where the settings are.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="gradients">Their gradients; not to be changed.</param>
    /// <param name="states">Their tensors of state: one array a kind, zero before the first step.</param>
    /// <param name="step">Which step this is for them, from 1.</param>
    private protected abstract void Step(
        ParamGroup<TOptions> group, Tensor[] parameters, Tensor[] gradients, IReadOnlyList<Tensor[]> states, long step);

    protected override void Dispose(bool disposing)
    {
        foreach (var tensor in _states.Values.SelectMany(state => state.Tensors))
            tensor.Dispose();
        base.Dispose(disposing);
    }

    private void Step(ParamGroup<TOptions> group, (Parameter Parameter, Tensor Gradient, State State)[] ready, long step)
    {
        var kinds = StatesPerParameter(group.Options);
        foreach (var (parameter, _, state) in ready)
        {
            while (state.Tensors.Count < kinds)
                state.Tensors.Add(zeros_like(parameter).DetachFromDisposeScope());
        }
        var gradients = Array.ConvertAll(ready, entry => entry.Gradient);
        Tensor[] parameters = Array.ConvertAll(ready, entry => (Tensor)entry.Parameter);
        Tensor[][] states = [.. Enumerable.Range(0, kinds).Select(kind => Array.ConvertAll(ready, entry => entry.State.Tensors[kind]))];
        Step(group, parameters, gradients, states, step);
        foreach (var (_, gradient, state) in ready)
        {
            gradient.Dispose();
            state.Steps = step;
        }
    }

    private sealed class State
    {
        public long Steps { get; set; }

        public List<Tensor> Tensors { get; } = [];
    }
}

/// <summary>Operators over lists of tensors.</summary>
internal static class Foreach
{
    public static void Multiply(Tensor[] tensors, double factor) => Aten.Do("_foreach_mul_.Scalar", tensors, factor);

    public static void Add(Tensor[] tensors, Tensor[] others, double factor) => Aten.Do("_foreach_add_.List", tensors, others, factor);

    public static void Add(Tensor[] tensors, double number) => Aten.Do("_foreach_add_.Scalar", tensors, number);

    public static void Divide(Tensor[] tensors, double divisor) => Aten.Do("_foreach_div_.Scalar", tensors, divisor);

    public static void AddProduct(Tensor[] tensors, Tensor[] left, Tensor[] right, double factor) =>
        Aten.Do("_foreach_addcmul_.Scalar", tensors, left, right, factor);

    public static void AddQuotient(Tensor[] tensors, Tensor[] dividends, Tensor[] divisors, double factor) =>
        Aten.Do("_foreach_addcdiv_.Scalar", tensors, dividends, divisors, factor);

    public static Tensor[] Sum(Tensor[] tensors, Tensor[] others, double factor) =>
        Aten.CallList("_foreach_add.List", tensors, others, factor);

    public static Tensor[] SquareRoot(Tensor[] tensors) => Aten.CallList("_foreach_sqrt", tensors);

    public static Tensor[] Negative(Tensor[] tensors) => Aten.CallList("_foreach_neg", tensors);

    public static void Maximum(Tensor[] tensors, Tensor[] others)
    {
        for (var i = 0; i < tensors.Length; i++)
            Aten.Do("maximum.out", tensors[i], others[i], tensors[i]);
    }

    public static void Dispose(Tensor[] tensors)
    {
        foreach (var tensor in tensors)
            tensor.Dispose();
    }
}
