using System.Text;

namespace TorchSharp.Extras.Native;

/// <summary>A libtorch operator that is called by the name of its schema, for operators without a method in TorchSharp.</summary>
/// <remarks>
/// libtorch writes the reason of a failure with a C++ stack trace to the standard error stream, and the interface has no function that returns it.
/// Callers therefore check the arguments first; a failure here is an error of the caller.
/// </remarks>
/// <param name="name">The name with its namespace, for example <c>aten::_fused_adamw_</c>.</param>
/// <param name="overload">The name of the overload; empty for the default overload.</param>
/// <param name="tensors">The number of tensors that the operator returns. It must return nothing but tensors.</param>
internal sealed class Operator(string name, string overload, int tensors)
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(name + '\0');
    private readonly byte[] _overload = Encoding.UTF8.GetBytes(overload + '\0');

    /// <summary>Calls the operator.</summary>
    /// <param name="arguments">All arguments in the order of the schema, including those with a default.</param>
    /// <returns>The results, which the caller owns; they are attached to the current dispose scope, if any.</returns>
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
