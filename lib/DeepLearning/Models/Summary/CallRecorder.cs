using TorchSharp.Hooks;
using static TorchSharp.torch;

namespace DeepLearning.Models;

/// <summary>Records the calls of modules with forward hooks while a model runs with an example. <see cref="Dispose"/> removes the hooks.</summary>
internal sealed class CallRecorder : IDisposable
{
    private readonly ForwardHooks _hooks;
    private readonly Stack<Call> _running = [];

    public CallRecorder(nn.Module model)
    {
        Root = new Call("", model, 0);
        _running.Push(Root);
        _hooks = ForwardHooks.Register(model, Enter, Leave);
    }

    /// <summary>Gets the root of the calls; its only child is the model's call.</summary>
    public Call Root { get; }

    /// <summary>Gets the innermost active call, which is the failed call after an exception.</summary>
    public Call Innermost => _running.Peek();

    public void Dispose() => _hooks.Dispose();

    private void Enter(string name, nn.Module module, object?[] inputs)
    {
        var call = new Call(name, module, _running.Count - 1) { Inputs = [.. inputs.SelectMany(ForwardHooks.Tensors)] };
        _running.Peek().Calls.Add(call);
        _running.Push(call);
    }

    private object? Leave(string name, nn.Module module, object?[] inputs, object? output)
    {
        var call = _running.Pop();
        List<Tensor> outputs = [.. ForwardHooks.Tensors(output)];
        call.Outputs = [.. outputs.Select(tensor => tensor.shape)];
        call.OutputBytes = outputs.Sum(tensor => tensor.numel() * tensor.ElementSize);
        call.Macs = Macs.Of(call.Module, call.Inputs, outputs, isLeaf: call.Calls.Count == 0);
        call.Inputs = [];
        return output;
    }
}

/// <summary>A call of a module.</summary>
internal sealed class Call(string name, nn.Module module, int depth)
{
    public string Name { get; } = name;

    public nn.Module Module { get; } = module;

    public int Depth { get; } = depth;

    public List<Call> Calls { get; } = [];

    /// <summary>Gets or sets the inputs, which are kept during the call.</summary>
    public IReadOnlyList<Tensor> Inputs { get; set; } = [];

    /// <summary>Gets or sets the shapes of the outputs.</summary>
    public IReadOnlyList<long[]> Outputs { get; set; } = [];

    public long OutputBytes { get; set; }

    public long Macs { get; set; }
}
