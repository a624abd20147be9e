using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What every optimizer has: groups of parameters, a memory of each parameter, and a way to keep both in a file.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    private readonly List<ParamGroup> _groups = [];
    private readonly Dictionary<Parameter, OptimizerState> _states = new(ReferenceEqualityComparer.Instance);

    public override IEnumerable<optim.ILearningRateController> ParamGroups => _groups;

    private protected IReadOnlyList<ParamGroup> Groups => _groups;

    public override IEnumerable<Parameter> parameters() => _groups.SelectMany(group => group.Parameters);

    /// <summary>Adds parameters, as layers to be trained from now on; what their options leave out is as the optimizer has it.</summary>
    /// <exception cref="ArgumentException">The group is empty, another optimizer's, or shares a parameter with another group.</exception>
    public override void add_param_group(ParamGroup param_group)
    {
        if (param_group.Parameters.Count == 0)
            throw new ArgumentException("The optimizer got no parameters: does the module's constructor call RegisterComponents() at its end?");
        var fresh = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
        foreach (var parameter in param_group.Parameters)
        {
            if (_states.ContainsKey(parameter) || !fresh.Add(parameter))
                throw new ArgumentException("A parameter stands in the optimizer twice.", nameof(param_group));
        }
        foreach (var parameter in param_group.Parameters)
            _states.Add(parameter, new OptimizerState());
        _groups.Add(param_group);
    }

    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (var group in _groups)
        {
            dictionary.Options.Add(group.BaseOptions.Clone());
            dictionary.StateIndexRef.Add([.. Enumerable.Range(dictionary.State.Count, group.Parameters.Count)]);
            dictionary.State.AddRange(group.Parameters.Select(parameter => _states[parameter]));
        }
        return dictionary;
    }

    /// <summary>Takes over the settings and copies the memory of an equal optimizer over equal parameters.</summary>
    /// <exception cref="InvalidOperationException">The state is another kind of optimizer's, or of other parameters; nothing has changed.</exception>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        Verify(state_dict);
        using var untracked = no_grad();
        for (var i = 0; i < _groups.Count; i++)
        {
            var options = state_dict.Options[i].Clone();
            options.Complete(_groups[i].BaseOptions);
            _groups[i].BaseOptions = options;
            foreach (var (parameter, index) in _groups[i].Parameters.Zip(state_dict.StateIndexRef[i]))
                Load(parameter, state_dict.State[index]);
        }
    }

    /// <summary>Writes the settings and the memory to a file, which is there whole or not at all.</summary>
    public void save_state_dict(string location) => OptimizerFile.Write(location, GetType().Name, state_dict());

    /// <summary>Reads what <see cref="save_state_dict"/> wrote, so that training goes on to the same bits.</summary>
    /// <exception cref="InvalidDataException">The file is something else, or cut off; nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">The state is another kind of optimizer's, or of other parameters; nothing has changed.</exception>
    public void load_state_dict(string location)
    {
        var state = OptimizerFile.Read(location, GetType().Name, _groups[0].BaseOptions.GetType());
        try
        {
            load_state_dict(state);
        }
        finally
        {
            Foreach.Dispose([.. state.State.SelectMany(entry => entry.Tensors.Values)]);
        }
    }

    /// <summary>Moves the memory, as after the parameters have moved.</summary>
    public void to(Device device)
    {
        foreach (var tensor in _states.Values.SelectMany(state => state.Tensors.Values).Where(tensor => tensor.device != device))
        {
            using var moved = tensor.to(device);
            tensor.Become(moved);
        }
    }

    private protected OptimizerState StateOf(Parameter parameter) => _states[parameter];

    protected override void Dispose(bool disposing)
    {
        foreach (var state in _states.Values)
        {
            Foreach.Dispose([.. state.Tensors.Values]);
            state.Tensors.Clear();
        }
        base.Dispose(disposing);
    }

    private void Load(Parameter parameter, OptimizerState source)
    {
        var own = _states[parameter];
        if (ReferenceEquals(own, source))
            return;
        own.step = source.step;
        foreach (var name in own.Tensors.Keys.Except(source.Tensors.Keys).ToList())
        {
            own.Tensors[name].Dispose();
            own.Tensors.Remove(name);
        }
        foreach (var (name, tensor) in source.Tensors)
        {
            if (!own.Tensors.ContainsKey(name))
                own.Tensors[name] = empty_like(parameter).DetachFromDisposeScope();
            own.Tensors[name].copy_(tensor);
        }
    }

    private void Verify(StateDictionary state)
    {
        var name = GetType().Name;
        if (state.Options.Count != _groups.Count || state.StateIndexRef.Count != _groups.Count)
            throw new InvalidOperationException($"The state has {state.Options.Count} parameter groups; this {name} has {_groups.Count}.");
        for (var i = 0; i < _groups.Count; i++)
        {
            var (group, indexes) = (_groups[i], state.StateIndexRef[i]);
            if (state.Options[i].GetType() != group.BaseOptions.GetType())
                throw new InvalidOperationException($"The state is not {name}'s: its group {i} has {state.Options[i].GetType().FullName}.");
            if (indexes.Count != group.Parameters.Count)
            {
                throw new InvalidOperationException(
                    $"The state's group {i} has {indexes.Count} parameters; that of this {name} has {group.Parameters.Count}.");
            }
            for (var j = 0; j < indexes.Count; j++)
                Verify(group.Parameters[j].shape, state.State[indexes[j]], i, j);
        }
    }

    private static void Verify(long[] shape, OptimizerState state, int group, int parameter)
    {
        foreach (var (name, tensor) in state.Tensors)
        {
            if (!tensor.shape.AsSpan().SequenceEqual(shape))
            {
                throw new InvalidOperationException(
                    $"The state does not fit: {name} of parameter {parameter} in group {group} is {Tensor.Shape(tensor.shape)}, "
                    + $"and the parameter is {Tensor.Shape(shape)}.");
            }
        }
    }
}
