using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.TensorBoard;

/// <summary>A step of a network: a submodule's call or an operator between submodules, what it read and the shape of what it made.</summary>
internal sealed record GraphNode(string Name, string Type, IReadOnlyList<string> Inputs, long[] Shape);

/// <summary>
/// Follows an example through a network. Each call of a submodule without submodules of its own becomes a node, and so does each operator
/// outside of them; an edge leads from whatever last wrote the memory that a node reads.
/// </summary>
internal sealed unsafe class GraphRecorder : IOperatorTrace, IDisposable
{
    private const string InputName = "input";
    private const string OutputName = "output";
    private const string IONode = "IO Node";

    private static readonly Lock _recording = new();

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly List<GraphNode> _nodes = [];
    // what was made lives until the end, so that no address is used twice
    private readonly List<Tensor> _kept = [];
    private readonly Dictionary<nint, string> _makers = [];
    private readonly Dictionary<string, int> _calls = [];
    private readonly Stack<Running> _running = [];
    private bool _looking;

    private GraphRecorder()
    {
    }

    public static List<GraphNode> Record(nn.Module<Tensor, Tensor> model, Tensor example)
    {
        using var untracked = no_grad();
        var hooks = new List<nn.HookRemover>();
        // as in evaluation, so that the statistics of batch norms stay as they are
        var states = model.modules().Prepend(model).Select(module => (Module: module, module.training)).ToList();
        lock (_recording)
        {
            using var recorder = new GraphRecorder();
            try
            {
                model.eval();
                recorder.Watch("", model, hooks);
                foreach (var (name, module) in model.named_modules())
                    recorder.Watch(name.Replace('.', '/'), module, hooks);
                recorder.Add(InputName, IONode, [], example);
                Aten.Trace = recorder;
                var output = model.call(example);
                Aten.Trace = null;
                recorder.Add(OutputName, IONode, recorder.Sources(output), output);
                if (!ReferenceEquals(output, example))
                    output.Dispose();
                return recorder._nodes;
            }
            finally
            {
                Aten.Trace = null;
                hooks.ForEach(hook => hook.remove());
                // a module sets its submodules too, so they come after it
                foreach (var (module, training) in states.Where(state => state.Module.training != state.training))
                    module.train(training);
            }
        }
    }

    public void Called(string name, ReadOnlySpan<Argument> arguments, ReadOnlySpan<Value> results)
    {
        if (_looking || Environment.CurrentManagedThreadId != _thread || (_running.TryPeek(out var module) && module.IsLeaf))
            return;
        _looking = true;
        try
        {
            var sources = new List<string>();
            foreach (ref readonly var argument in arguments)
            {
                switch (argument.Reference)
                {
                    case Tensor tensor:
                        sources.AddRange(Sources(tensor));
                        break;
                    case Tensor?[] tensors:
                        sources.AddRange(tensors.OfType<Tensor>().SelectMany(Sources));
                        break;
                }
            }
            // weights and constants come from nowhere
            if (sources.Count == 0)
                return;
            var made = Made(results);
            if (made.Count > 0)
                Add(Unique(Scope() + name.Split('.')[0]), name, [.. sources.Distinct()], [.. made]);
            made.ForEach(tensor => tensor.Dispose());
        }
        finally
        {
            _looking = false;
        }
    }

    public void Dispose() => _kept.ForEach(tensor => tensor.Dispose());

    private void Watch(string name, nn.Module module, List<nn.HookRemover> hooks)
    {
        if (module is not nn.Module<Tensor, Tensor> callable)
            return;
        var leaf = !module.children().Any() && name.Length > 0;
        hooks.Add(callable.register_forward_pre_hook((_, input) =>
        {
            _running.Push(new(name, leaf, Sources(input)));
            return input;
        }));
        hooks.Add(callable.register_forward_hook((called, _, output) =>
        {
            var call = _running.Pop();
            if (leaf && !_running.Any(outer => outer.IsLeaf))
                Add(Unique(name), called.GetName(), call.Sources, output);
            return output;
        }));
    }

    private void Add(string node, string type, IReadOnlyList<string> sources, params ReadOnlySpan<Tensor> made)
    {
        _nodes.Add(new(node, type, sources, made[0].shape));
        foreach (var tensor in made)
        {
            var kept = tensor.alias().DetachFromDisposeScope();
            _kept.Add(kept);
            if (kept.NumberOfElements > 0)
                _makers[(nint)kept.Data()] = node;
        }
    }

    private string[] Sources(Tensor tensor) =>
        tensor.NumberOfElements > 0 && _makers.TryGetValue((nint)tensor.Data(), out var maker) ? [maker] : [];

    private static List<Tensor> Made(ReadOnlySpan<Value> results)
    {
        var made = new List<Tensor>();
        foreach (ref readonly var result in results)
        {
            if (result is { Tag: Tag.Tensor, Bits: not 0 })
                made.Add(Alias((nint)result.Bits));
            for (var i = 0; result.Tag == Tag.Tensors && i < result.Count; i++)
                made.Add(Alias(((nint*)result.Bits)[i]));
        }
        return made;
    }

    private static Tensor Alias(nint handle)
    {
        nint same;
        Door.Check(Door.door_alias(handle, &same));
        return new Tensor(same);
    }

    private string Scope() => _running.TryPeek(out var module) && module.Name.Length > 0 ? module.Name + "/" : "";

    private string Unique(string name)
    {
        var call = _calls[name] = _calls.GetValueOrDefault(name) + 1;
        return call == 1 ? name : $"{name}_{call}";
    }

    private sealed record Running(string Name, bool IsLeaf, string[] Sources);
}
