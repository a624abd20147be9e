using TorchSharp.Files;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Converts an optimizer's state to and from PyTorch's <c>optimizer.state_dict()</c>:
/// {"state": {0: {"step": …, "exp_avg": …}}, "param_groups": [{"lr": …, "params": [0]}]}. Each library can resume the other's training.
/// </summary>
/// <remarks>
/// Supports all optimizers of TorchSharp except for LBFGS, and custom optimizers derived from <see cref="OptimizerHelper"/> whose options and states
/// are
/// public fields with PyTorch's names. See <see href="https://pytorch.org/docs/stable/generated/torch.optim.Optimizer.state_dict.html"/>.
/// </remarks>
public static class PyTorchOptimizer
{
    private const string StateName = "state", GroupsName = "param_groups", ParametersName = "params";

    /// <summary>Saves the state for PyTorch's <c>optimizer.load_state_dict(torch.load(path))</c>.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="location">The path of the file, which is replaced atomically.</param>
    public static void save_py(this OptimizerHelper optimizer, string location) => PyTorchFile.Save(optimizer.state_dict_py(), location);

    /// <summary>Loads a state that PyTorch or <see cref="save_py"/> saved. After an error, the optimizer is unchanged.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="location">The path of the file.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or does not contain an optimizer's state.</exception>
    /// <exception cref="InvalidOperationException">The state belongs to another kind of optimizer or to other parameters.</exception>
    public static void load_py(this OptimizerHelper optimizer, string location)
    {
        var content = PyTorchFile.Load(location);
        try
        {
            FileErrors.Named(location, () =>
            {
                optimizer.load_state_dict_py(content);
                return true;
            });
        }
        finally
        {
            NestedTensors.Dispose(content);
        }
    }

    /// <summary>Returns the state in plain containers, for <see cref="PyTorchFile.Save(object?, string)"/>.</summary>
    /// <param name="optimizer">The optimizer. The returned tensors are not copied.</param>
    public static Dictionary<string, object?> state_dict_py(this OptimizerHelper optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        var own = optimizer.state_dict();
        var states = new Dictionary<object, object?>();
        var groups = new List<object?>();
        foreach (var (options, places) in own.Options.Zip(own.StateIndexRef))
        {
            var group = OptimizerFields.OptionsOf(options);
            foreach (var place in places)
            {
                if (OptimizerFields.StateOf(own.State[place], group) is { } state)
                    states.Add((long)place, state);
            }
            group[ParametersName] = places.Select(place => (object?)(long)place).ToList();
            groups.Add(group);
        }
        return new() { [StateName] = states, [GroupsName] = groups };
    }

    /// <summary>
    /// Loads a state in plain containers, the result of <see cref="PyTorchFile.Load(string)"/> or <see cref="state_dict_py"/>. Parameters are matched
    /// by their order in the groups, as in PyTorch. The method checks the whole state first; after an error, the optimizer is unchanged.
    /// </summary>
    /// <param name="optimizer">The optimizer, with parameters of the same shapes in the same groups.</param>
    /// <param name="state">The state. Its tensors are copied to the parameters' devices and not disposed of.</param>
    /// <exception cref="InvalidDataException">The state is not that of an optimizer.</exception>
    /// <exception cref="InvalidOperationException">The state belongs to another kind of optimizer or to other parameters.</exception>
    public static void load_state_dict_py(this OptimizerHelper optimizer, object? state)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        var entries = PlainDictionary.Of(state);
        if (entries is null || PlainDictionary.Of(entries.GetValueOrDefault(StateName)) is not { } states
            || entries.GetValueOrDefault(GroupsName) is not IReadOnlyList<object?> groups)
        {
            throw new InvalidDataException($"This is not an optimizer state, which must be a dictionary with '{StateName}' and '{GroupsName}'.");
        }
        var own = optimizer.state_dict();
        var parameters = optimizer.parameters().ToArray();
        if (groups.Count != own.Options.Count)
            throw new InvalidOperationException($"The state has {groups.Count} parameter groups, but this {optimizer.GetType().Name} has {own.Options.Count}.");
        using var untracked = no_grad();
        var staged = new List<StagedGroup>();
        try
        {
            for (var i = 0; i < groups.Count; i++)
            {
                if (PlainDictionary.Of(groups[i]) is not { } group || group.GetValueOrDefault(ParametersName) is not IReadOnlyList<object?> places)
                    throw new InvalidDataException($"Parameter group {i} of the state has no list '{ParametersName}'.");
                if (places.Count != own.StateIndexRef[i].Count)
                {
                    throw new InvalidOperationException(
                        $"Group {i} of the state has {places.Count} parameters, but the group of this {optimizer.GetType().Name} has {own.StateIndexRef[i].Count}.");
                }
                var next = new StagedGroup(own.Options[i], group);
                staged.Add(next);
                foreach (var (place, index) in places.Zip(own.StateIndexRef[i]))
                    next.Add(own.State[index], parameters[index], PlainDictionary.Of(states.GetValueOrDefault(place!)), $"parameter {place} in group {i}");
                // before the first step, only the options show the kind of the optimizer
                if (OptimizerFields.MissingOption(own.Options[i], group) is { } missing)
                    throw new InvalidOperationException($"The state belongs to another kind of optimizer: group {i} lacks {missing}, which {optimizer.GetType().Name} has.");
            }
        }
        catch
        {
            foreach (var group in staged)
                group.Discard();
            throw;
        }
        foreach (var group in staged)
            group.Apply();
    }
}
