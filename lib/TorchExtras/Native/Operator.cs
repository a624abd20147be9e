using System.Text;

namespace TorchSharp.Extras.Native;

/// <summary>An operator of libtorch that is called by its schema's name, for operators that TorchSharp has no method for.</summary>
/// <remarks>
/// libtorch writes the reason of a failure to the standard error stream, with a C++ stack trace, and the interface has no function to read it. So a
/// caller checks its arguments first; a failure here is a fault of the caller.
/// </remarks>
/// <param name="name">The name with its namespace, for example <c>aten::_fused_adamw_</c>.</param>
/// <param name="overload">The overload's name, empty for the default overload.</param>
/// <param name="tensors">How many tensors the operator returns. An operator may return tensors only.</param>
internal sealed class Operator(string name, string overload, int tensors)
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(name + '\0');
    private readonly byte[] _overload = Encoding.UTF8.GetBytes(overload + '\0');

    /// <summary>Calls the operator.</summary>
    /// <param name="arguments">All arguments of the schema, in its order, with those that have a default.</param>
    /// <returns>The results. The caller owns them; they belong to this thread's dispose scope if there is one.</returns>
    /// <exception cref="InvalidOperationException">The call failed.</exception>
    public torch.Tensor[] Call(params ReadOnlySpan<OperatorArgument> arguments)
    {
        Span<ulong> stack = stackalloc ulong[Math.Max(arguments.Length, tensors)];
        var written = 0;
        try
        {
            for (; written < arguments.Length; written++)
                stack[written] = arguments[written].ToNative();
        }
        catch
        {
            while (--written >= 0)
                arguments[written].Free(stack[written]);
            throw;
        }
        if (!StableInterface.TryCall(_name, _overload, stack))
            throw new InvalidOperationException($"The libtorch operator {name} failed; the standard error stream says why.");
        var results = new torch.Tensor[tensors];
        for (var i = 0; i < tensors; i++)
            results[i] = torch.Tensor.UnsafeCreateTensor((nint)stack[i]);
        return results;
    }
}
