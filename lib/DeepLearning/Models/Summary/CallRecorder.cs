using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace DeepLearning.Models;

/// <summary>Follows an example through a model by hooks, which it takes off again: one node for each call of a module.</summary>
internal sealed class CallRecorder : IDisposable
{
    private readonly List<Action> _removers = [];
    private readonly Stack<Call> _running = [];

    public CallRecorder(nn.Module model)
    {
        Root = new Call("", model, 0);
        _running.Push(Root);
        // a module that has two names is watched under the first
        foreach (var (name, module) in model.named_modules().Prepend(("", model)).DistinctBy(entry => entry.Item2))
            Watch(name, module);
    }

    /// <summary>Stands above the model: its only call is the model's.</summary>
    public Call Root { get; }

    /// <summary>What is running now, and so what has failed when a call throws.</summary>
    public Call Innermost => _running.Peek();

    public void Dispose() => _removers.ForEach(remove => remove());

    /// <summary>Watches a module whatever it takes and returns: hooks have the types of these, so they are made to measure.</summary>
    private void Watch(string name, nn.Module module)
    {
        for (var type = module.GetType(); type is not null; type = type.BaseType)
        {
            if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(nn.HookableModule<,>))
                continue;
            var (before, after) = (type.GetGenericArguments()[0], type.GetGenericArguments()[1]);
            Register(type, nameof(nn.Module<,>.register_forward_pre_hook), module, Hook(before, values => Enter(name, module, values)));
            Register(type, nameof(nn.Module<,>.register_forward_hook), module, Hook(after, Leave));
            return;
        }
    }

    private void Register(Type type, string method, nn.Module module, Delegate hook)
    {
        var remover = type.GetMethod(method, [hook.GetType()])!.Invoke(module, [hook])!;
        _removers.Add(remover.GetType().GetMethod("remove")!.CreateDelegate<Action>(remover));
    }

    /// <summary>A hook that shows its values and changes nothing. Its first argument is the module.</summary>
    private static Delegate Hook(Type type, Action<object?[]> see)
    {
        var signature = type.GetMethod("Invoke")!;
        var arguments = signature.GetParameters().Select(parameter => Expression.Parameter(parameter.ParameterType)).ToList();
        var values = Expression.NewArrayInit(typeof(object), arguments.Skip(1).Select(value => Expression.Convert(value, typeof(object))));
        // hooks of several inputs return null for "as they are", others return the value itself
        Expression unchanged = arguments[^1].Type == signature.ReturnType ? arguments[^1] : Expression.Default(signature.ReturnType);
        return Expression.Lambda(type, Expression.Block(Expression.Invoke(Expression.Constant(see), values), unchanged), arguments).Compile();
    }

    private void Enter(string name, nn.Module module, object?[] inputs)
    {
        var call = new Call(name, module, _running.Count - 1) { Inputs = [.. inputs.SelectMany(Tensors)] };
        _running.Peek().Calls.Add(call);
        _running.Push(call);
    }

    private void Leave(object?[] inputsAndOutput)
    {
        var call = _running.Pop();
        List<Tensor> outputs = [.. Tensors(inputsAndOutput[^1])];
        call.Outputs = [.. outputs.Select(output => output.shape)];
        call.OutputBytes = outputs.Sum(output => output.numel() * output.ElementSize);
        call.Macs = Macs.Of(call.Module, call.Inputs, outputs, isLeaf: call.Calls.Count == 0);
        call.Inputs = [];
    }

    private static IEnumerable<Tensor> Tensors(object? value) => value switch
    {
        Tensor tensor => [tensor],
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => Tensors(tuple[i])),
        IEnumerable<Tensor> many => many,
        IReadOnlyDictionary<string, Tensor> named => named.Values,
        _ => [],
    };
}

/// <summary>A call of a module.</summary>
internal sealed class Call(string name, nn.Module module, int depth)
{
    public string Name { get; } = name;

    public nn.Module Module { get; } = module;

    public int Depth { get; } = depth;

    public List<Call> Calls { get; } = [];

    /// <summary>What it was given; kept while it runs.</summary>
    public IReadOnlyList<Tensor> Inputs { get; set; } = [];

    /// <summary>The shapes of what it returned.</summary>
    public IReadOnlyList<long[]> Outputs { get; set; } = [];

    public long OutputBytes { get; set; }

    public long Macs { get; set; }
}
