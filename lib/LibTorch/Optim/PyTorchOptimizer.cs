using System.Text.Json;
using TorchSharp.Files;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// An optimizer's state as PyTorch has it, {"state": {0: {"step": …, "exp_avg": …}}, "param_groups": [{"lr": …, "params": [0]}]}, for files that
/// both sides read.
/// </summary>
/// <remarks>PyTorch's NAdam also wants a mu_product, which this one does not keep: its state goes from PyTorch to here, not back.</remarks>
public static class PyTorchOptimizer
{
    private const string State = "state", Groups = "param_groups", Parameters = "params", StepName = "step";

    private static readonly Dictionary<string, string> _names = new()
    {
        [nameof(OptimizerOptions.LearningRate)] = "lr",
        [nameof(OptimizerOptions.InitialLearningRate)] = "initial_lr",
    };

    /// <summary>Saves the state for PyTorch's <c>optimizer.load_state_dict(torch.load(path))</c>.</summary>
    public static void save_py(this OptimizerHelper optimizer, string location) => PyTorchFile.Save(optimizer.state_dict_py(), location);

    /// <summary>Loads a state that PyTorch saved, or <see cref="save_py"/>.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or holds no optimizer's state; the optimizer is unchanged.</exception>
    /// <exception cref="InvalidOperationException">The state is of another optimizer, or of other parameters; the optimizer is unchanged.</exception>
    public static void load_py(this OptimizerHelper optimizer, string location)
    {
        var content = PyTorchFile.Load(location);
        try
        {
            optimizer.load_state_dict_py(content);
        }
        finally
        {
            TensorsWithin.Dispose(content);
        }
    }

    /// <summary>The state in plain containers, for <see cref="PyTorchFile"/>. Tensors are the optimizer's own, not copies.</summary>
    public static Dictionary<string, object?> state_dict_py(this OptimizerHelper optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        var state = optimizer.state_dict();
        var memory = new Dictionary<object, object?>();
        for (var i = 0; i < state.State.Count; i++)
        {
            if (state.State[i].step > 0)
                memory.Add((long)i, Memory(state.State[i]));
        }
        return new()
        {
            [State] = memory,
            [Groups] = state.Options.Zip(state.StateIndexRef, Group).Cast<object?>().ToList(),
        };
    }

    /// <summary>Takes over a state in plain containers, as <see cref="PyTorchFile.Load(string)"/> gives it; tensors are copied.</summary>
    /// <exception cref="InvalidDataException">It is no optimizer's state; the optimizer is unchanged.</exception>
    /// <exception cref="InvalidOperationException">The state is of another optimizer, or of other parameters; the optimizer is unchanged.</exception>
    public static void load_state_dict_py(this OptimizerHelper optimizer, object? state)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        if (state is not Dictionary<object, object?> entries || entries.GetValueOrDefault(State) is not Dictionary<object, object?> memory
            || entries.GetValueOrDefault(Groups) is not List<object?> groups)
        {
            throw new InvalidDataException($"This is no optimizer's state: it is a dictionary of '{State}' and '{Groups}'.");
        }
        var own = optimizer.state_dict();
        if (groups.Count != own.Options.Count)
            throw new InvalidOperationException($"The state has {groups.Count} parameter groups; this optimizer has {own.Options.Count}.");
        var loaded = new optim.Optimizer.StateDictionary();
        foreach (var (group, options) in groups.Zip(own.Options))
        {
            if (group is not Dictionary<object, object?> settings || settings.GetValueOrDefault(Parameters) is not List<object?> places)
                throw new InvalidDataException($"A parameter group of the state has no list of '{Parameters}'.");
            loaded.Options.Add(OptionsOf(settings, options));
            loaded.StateIndexRef.Add([.. Enumerable.Range(loaded.State.Count, places.Count)]);
            loaded.State.AddRange(places.Select(place => StateOf(memory.GetValueOrDefault(place!))));
        }
        optimizer.load_state_dict(loaded);
    }

    private static Dictionary<string, object?> Memory(OptimizerState state)
    {
        // PyTorch counts in a tensor of one float, which holds whole numbers up to 16 million exactly; it reads numbers too
        var memory = new Dictionary<string, object?> { [StepName] = state.step };
        foreach (var (name, tensor) in state.Tensors)
            memory.Add(name, tensor);
        return memory;
    }

    private static Dictionary<string, object?> Group(OptimizerOptions options, List<int> places)
    {
        var group = new Dictionary<string, object?>();
        double? beta1 = null;
        foreach (var (name, value) in JsonSerializer.SerializeToNode(options, options.GetType())!.AsObject())
        {
            if (name == "beta1")
                beta1 = (double)value!;
            else if (name == "beta2")
                group["betas"] = new object?[] { beta1, (double)value! };
            else if (value is not null)
                group[_names.GetValueOrDefault(name, name)] = value.GetValueKind() is JsonValueKind.Number ? (double)value : (bool)value;
        }
        group[Parameters] = places.Select(place => (object?)(long)place).ToList();
        return group;
    }

    /// <summary>The optimizer's own settings, with those that the group names in their place.</summary>
    private static OptimizerOptions OptionsOf(Dictionary<object, object?> group, OptimizerOptions own)
    {
        var settings = JsonSerializer.SerializeToNode(own, own.GetType())!.AsObject();
        foreach (var name in settings.Select(entry => entry.Key).ToList())
        {
            var value = name switch
            {
                "beta1" or "beta2" => group.GetValueOrDefault("betas") is object?[] { Length: 2 } betas ? betas[name == "beta1" ? 0 : 1] : null,
                _ => group.GetValueOrDefault(_names.GetValueOrDefault(name, name)),
            };
            if (value is bool truth)
                settings[name] = truth;
            else if (value is double or long)
                settings[name] = Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture);
        }
        return (OptimizerOptions)settings.Deserialize(own.GetType())!;
    }

    private static OptimizerState StateOf(object? memory)
    {
        var state = new OptimizerState();
        if (memory is not Dictionary<object, object?> entries)
            return state;
        foreach (var (name, value) in entries)
        {
            if (value is Tensor { ndim: > 0 } tensor)
                state.Tensors.Add((string)name, tensor);
        }
        // SGD does not count in PyTorch; that it has a momentum says that it is past its first step
        state.step = entries.GetValueOrDefault(StepName) switch
        {
            long steps => steps,
            double steps => (long)steps,
            Tensor steps when steps.numel() == 1 => steps.ToInt64(),
            _ => state.Tensors.Count > 0 ? 1 : 0,
        };
        return state;
    }
}
