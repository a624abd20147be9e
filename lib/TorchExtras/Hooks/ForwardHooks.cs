using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Hooks;

/// <summary>Is called before a module runs.</summary>
/// <param name="name">The module's name, as <c>named_modules</c> has it; empty for the model itself.</param>
/// <param name="module">The module.</param>
/// <param name="inputs">The arguments of its <c>forward</c>.</param>
public delegate void BeforeForward(string name, nn.Module module, object?[] inputs);

/// <summary>Is called after a module has run.</summary>
/// <param name="name">The module's name, as <c>named_modules</c> has it; empty for the model itself.</param>
/// <param name="module">The module.</param>
/// <param name="inputs">The arguments of its <c>forward</c>.</param>
/// <param name="output">What <c>forward</c> returned.</param>
/// <returns>What the caller gets: <paramref name="output"/>, or another value of the same type.</returns>
public delegate object? AfterForward(string name, nn.Module module, object?[] inputs, object? output);

/// <summary>
/// Forward hooks on a model and all of its submodules, whatever the types of their arguments and results. <see cref="Dispose"/> removes them.
/// </summary>
/// <remarks>
/// TorchSharp's <c>register_forward_hook</c> needs the exact delegate type of each module; this class builds the delegates at run time.
/// A hook runs when a module is called by <c>call</c>, not by <c>forward</c>. A module with two names is registered under the first.
/// </remarks>
public sealed class ForwardHooks : IDisposable
{
    private readonly List<Action> _removers = [];

    private ForwardHooks()
    {
    }

    /// <summary>Registers two hooks on a model and on each of its submodules.</summary>
    /// <param name="model">The model.</param>
    /// <param name="before">Runs before each call.</param>
    /// <param name="after">Runs after each call, and may replace the output.</param>
    public static ForwardHooks Register(nn.Module model, BeforeForward before, AfterForward after)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var hooks = new ForwardHooks();
        foreach (var (name, module) in model.named_modules().Prepend(("", model)).DistinctBy(entry => entry.Item2))
            hooks.Add(name, module, before, after);
        return hooks;
    }

    /// <summary>Returns the tensors in an argument or result: a tensor, a tuple, a list or a dictionary of tensors.</summary>
    public static IEnumerable<Tensor> Tensors(object? value) => value switch
    {
        Tensor tensor => [tensor],
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => Tensors(tuple[i])),
        IEnumerable<Tensor> many => many,
        IReadOnlyDictionary<string, Tensor> named => named.Values,
        _ => [],
    };

    /// <summary>Removes the hooks.</summary>
    public void Dispose()
    {
        _removers.ForEach(remove => remove());
        _removers.Clear();
    }

    private void Add(string name, nn.Module module, BeforeForward before, AfterForward after)
    {
        for (var type = module.GetType(); type is not null; type = type.BaseType)
        {
            if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(nn.HookableModule<,>))
                continue;
            var hookTypes = type.GetGenericArguments();
            Register(type, nameof(nn.Module<,>.register_forward_pre_hook), module, PreHook(hookTypes[0], inputs => before(name, module, inputs)));
            Register(type, nameof(nn.Module<,>.register_forward_hook), module, PostHook(hookTypes[1], values => after(name, module, values[..^1], values[^1])));
            return;
        }
    }

    private void Register(Type type, string method, nn.Module module, Delegate hook)
    {
        var remover = type.GetMethod(method, [hook.GetType()])!.Invoke(module, [hook])!;
        _removers.Add(remover.GetType().GetMethod("remove")!.CreateDelegate<Action>(remover));
    }

    private static Delegate PreHook(Type type, Action<object?[]> call)
    {
        var (returns, arguments, values) = Signature(type);
        // hooks of several inputs return null to keep them, hooks of one input return the input itself
        Expression unchanged = arguments[^1].Type == returns ? arguments[^1] : Expression.Default(returns);
        return Expression.Lambda(type, Expression.Block(Expression.Invoke(Expression.Constant(call), values), unchanged), arguments).Compile();
    }

    private static Delegate PostHook(Type type, Func<object?[], object?> call)
    {
        var (returns, arguments, values) = Signature(type);
        return Expression.Lambda(type, Expression.Convert(Expression.Invoke(Expression.Constant(call), values), returns), arguments).Compile();
    }

    /// <summary>Returns a delegate's parameters, and an array of all of them but the first, which is the module.</summary>
    private static (Type Returns, ParameterExpression[] Arguments, Expression Values) Signature(Type type)
    {
        var signature = type.GetMethod("Invoke")!;
        ParameterExpression[] arguments = [.. signature.GetParameters().Select(parameter => Expression.Parameter(parameter.ParameterType))];
        var values = Expression.NewArrayInit(typeof(object), arguments.Skip(1).Select(value => Expression.Convert(value, typeof(object))));
        return (signature.ReturnType, arguments, values);
    }
}
