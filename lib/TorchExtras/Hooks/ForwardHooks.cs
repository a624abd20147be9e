using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Hooks;

/// <summary>A function that is called before a module's <c>forward</c>.</summary>
/// <param name="name">The module's name in <c>named_modules</c>; empty for the model itself.</param>
/// <param name="module">The module.</param>
/// <param name="inputs">The arguments of its <c>forward</c>.</param>
public delegate void BeforeForward(string name, nn.Module module, object?[] inputs);

/// <summary>A function that is called after a module's <c>forward</c>.</summary>
/// <param name="name">The module's name in <c>named_modules</c>; empty for the model itself.</param>
/// <param name="module">The module.</param>
/// <param name="inputs">The arguments of its <c>forward</c>.</param>
/// <param name="output">The result of <c>forward</c>.</param>
/// <returns>The result for the caller: <paramref name="output"/> or another value of the same type.</returns>
public delegate object? AfterForward(string name, nn.Module module, object?[] inputs, object? output);

/// <summary>
/// Forward hooks on a model and all of its submodules, for any types of arguments and results. <see cref="Dispose"/> removes the hooks.
/// </summary>
/// <remarks>
/// TorchSharp's <c>register_forward_hook</c> needs the exact delegate type of each module; this class builds the delegates at run time.
/// Hooks run for <c>call</c>, not for <c>forward</c>. A module with two names is registered with the first name.
/// </remarks>
public sealed class ForwardHooks : IDisposable
{
    private readonly List<Action> _removers = [];

    private ForwardHooks()
    {
    }

    /// <summary>Registers two hooks on a model and on each of its submodules.</summary>
    /// <param name="model">The model.</param>
    /// <param name="before">The hook before each call.</param>
    /// <param name="after">The hook after each call, which may replace the output.</param>
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
    /// <param name="value">The argument or the result; other values have no tensors.</param>
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
        // hooks with several inputs return null to keep them; hooks with one input return the input
        Expression unchanged = arguments[^1].Type == returns ? arguments[^1] : Expression.Default(returns);
        return Expression.Lambda(type, Expression.Block(Expression.Invoke(Expression.Constant(call), values), unchanged), arguments).Compile();
    }

    private static Delegate PostHook(Type type, Func<object?[], object?> call)
    {
        var (returns, arguments, values) = Signature(type);
        return Expression.Lambda(type, Expression.Convert(Expression.Invoke(Expression.Constant(call), values), returns), arguments).Compile();
    }

    /// <summary>Returns the parameters of a delegate, and an array of all parameters except for the first, which is the module.</summary>
    private static (Type Returns, ParameterExpression[] Arguments, Expression Values) Signature(Type type)
    {
        var signature = type.GetMethod("Invoke")!;
        ParameterExpression[] arguments = [.. signature.GetParameters().Select(parameter => Expression.Parameter(parameter.ParameterType))];
        var values = Expression.NewArrayInit(typeof(object), arguments.Skip(1).Select(value => Expression.Convert(value, typeof(object))));
        return (signature.ReturnType, arguments, values);
    }
}
