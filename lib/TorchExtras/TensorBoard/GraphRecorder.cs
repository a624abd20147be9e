using System.Runtime.CompilerServices;
using TorchSharp.Extras.Modules;
using TorchSharp.Hooks;
using static TorchSharp.torch;

namespace TorchSharp.TensorBoard;

/// <summary>A node of a model's graph: its name and type, the nodes of its inputs, and the shape of its output.</summary>
internal sealed record GraphNode(string Name, string Type, IReadOnlyList<string> Inputs, long[] Shape);

/// <summary>
/// Records the graph of a model with an example. Forward hooks create a node for each call of a module without submodules. TorchSharp has no hooks
/// for operators, so all operators between two modules are one node of type "functional".
/// </summary>
/// <remarks>
/// The edges are exact if autograd tracks the operators. The hook of a module returns a copy of the output that starts a new autograd graph; the
/// gradient of the next module's input then reaches exactly the outputs from which functional calls computed it. Where autograd does not track
/// operators (integers, code under <c>no_grad</c>), only unchanged outputs have edges.
/// </remarks>
internal sealed class GraphRecorder : IDisposable
{
    private const string InputName = "input";
    private const string OutputName = "output";
    private const string IONode = "IO Node";
    private const string Functional = "functional";

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly List<GraphNode> _nodes = [];
    private readonly List<Output> _outputs = [];
    private readonly Dictionary<string, int> _calls = [];
    private readonly Stack<Running> _running = [];

    private GraphRecorder()
    {
    }

    /// <summary>Runs the model with the example in evaluation mode and returns the nodes in the order of their calls.</summary>
    public static List<GraphNode> Record(nn.Module<Tensor, Tensor> model, Tensor example)
    {
        // in evaluation mode, so that the statistics of batch norms do not change
        using var evaluation = ModuleModes.Evaluation(model);
        using var tracking = enable_grad();
        using var recorder = new GraphRecorder();
        using var hooks = ForwardHooks.Register(model, recorder.Enter, recorder.Leave);
        recorder._nodes.Add(new(InputName, IONode, [], example.shape));
        var input = recorder.Track(InputName, example);
        var output = model.call(input);
        recorder._nodes.Add(new(OutputName, IONode, recorder.Sources(output), output.shape));
        foreach (var made in new[] { input, output }.Where(tensor => !ReferenceEquals(tensor, example)))
            made.Dispose();
        return recorder._nodes;
    }

    public void Dispose() => _outputs.ForEach(output => output.Leaf?.Dispose());

    private void Enter(string name, nn.Module module, object?[] inputs)
    {
        if (Environment.CurrentManagedThreadId != _thread)
            return;
        var isLeaf = !module.children().Any();
        string[] sources = isLeaf ? [.. inputs.SelectMany(ForwardHooks.Tensors).SelectMany(Sources).Distinct()] : [];
        _running.Push(new(name.Replace('.', '/'), isLeaf, sources));
    }

    private object? Leave(string name, nn.Module module, object?[] inputs, object? output)
    {
        if (Environment.CurrentManagedThreadId != _thread)
            return output;
        var call = _running.Pop();
        if (!call.IsLeaf)
            return output;
        var type = module.GetType().Name.Split('`')[0];
        var node = Unique(call.Name.Length > 0 ? call.Name : type);
        _nodes.Add(new(node, type, call.Sources, ForwardHooks.Tensors(output).FirstOrDefault()?.shape ?? []));
        return Replace(output, node);
    }

    /// <summary>Returns the output with its tensors replaced by copies that start a new autograd graph.</summary>
    private object? Replace(object? output, string node) => output switch
    {
        Tensor tensor => Track(node, tensor),
        ITuple tuple => Activator.CreateInstance(tuple.GetType(), [.. Enumerable.Range(0, tuple.Length).Select(i => Replace(tuple[i], node))]),
        _ => output,
    };

    /// <summary>Records a tensor as the output of a node.</summary>
    /// <returns>
    /// The tensor with which the model continues: a copy whose gradients lead to the recorded leaf, or the tensor itself for integers.
    /// </returns>
    private Tensor Track(string node, Tensor tensor)
    {
        var leaf = tensor.is_floating_point() || tensor.is_complex() ? tensor.detach().requires_grad_().DetachFromDisposeScope() : null;
        // a copy, because in-place operators reject a leaf
        var given = leaf?.clone() ?? tensor;
        _outputs.Add(new(node, given, leaf));
        return given;
    }

    /// <summary>Returns the source nodes of a tensor. The method adds a functional node if the tensor is not an unchanged output of a node.</summary>
    private string[] Sources(Tensor tensor)
    {
        if (_outputs.FindLast(output => ReferenceEquals(output.Given, tensor)) is { } direct)
            return [direct.Node];
        var sources = Ancestors(tensor);
        // weights and constants have no source node
        if (sources.Length == 0)
            return [];
        var scope = _running.FirstOrDefault(module => module.Name.Length > 0)?.Name;
        var node = Unique(scope is null ? Functional : $"{scope}/{Functional}");
        _nodes.Add(new(node, Functional, sources, tensor.shape));
        _outputs.Add(new(node, tensor, Leaf: null));
        return [node];
    }

    /// <summary>Returns the nodes whose outputs were inputs of the functional calls for a tensor.</summary>
    private string[] Ancestors(Tensor tensor)
    {
        var candidates = _outputs.FindAll(output => output.Leaf is not null);
        if (!tensor.requires_grad || candidates.Count == 0)
            return [];
        using var ones = ones_like(tensor);
        var gradients = autograd.grad([tensor], [.. candidates.Select(output => output.Leaf!)], [ones], retain_graph: true, allow_unused: true);
        string[] found = [.. candidates.Zip(gradients).Where(pair => !pair.Second.IsInvalid).Select(pair => pair.First.Node).Distinct()];
        foreach (var gradient in gradients)
            gradient.Dispose();
        return found;
    }

    private string Unique(string name)
    {
        var call = _calls[name] = _calls.GetValueOrDefault(name) + 1;
        return call == 1 ? name : $"{name}_{call}";
    }

    /// <summary>An output of a node: the tensor with which the model continues, and its leaf in the autograd graph.</summary>
    private sealed record Output(string Node, Tensor Given, Tensor? Leaf);

    private sealed record Running(string Name, bool IsLeaf, string[] Sources);
}
