namespace TorchSharp;

/// <summary>Hooks on the gradients of tensors inside a graph, which TorchSharp lacks.</summary>
public static class TorchTensorHooks
{
    extension(torch.Tensor tensor)
    {
        /// <summary>Returns a tensor with the same values and a hook: <c>backward()</c> calls the function with the gradient of the result.</summary>
        /// <param name="hook">
        /// The function. Its result replaces the gradient; null keeps the gradient. Its argument is disposed of when the function returns: keep a
        /// <c>clone()</c>.
        /// </param>
        /// <returns>
        /// A new tensor, to use in place of this one: <c>x = x.with_hook(…)</c>. The function is not called for other uses of this tensor.
        /// </returns>
        /// <exception cref="InvalidOperationException">The tensor requires no gradient.</exception>
        /// <remarks>
        /// <para>
        /// This method replaces PyTorch's
        /// <see href="https://pytorch.org/docs/stable/generated/torch.Tensor.register_hook.html">Tensor.register_hook</see>, which changes the tensor
        /// itself; this is not possible with TorchSharp. If the function throws, <c>backward()</c> throws an
        /// <see cref="System.Runtime.InteropServices.ExternalException"/> whose inner exception is the original exception.
        /// </para>
        /// <para>The result cannot be changed in place, and gradients of gradients cannot be computed through it.</para>
        /// </remarks>
        public torch.Tensor with_hook(Func<torch.Tensor, torch.Tensor?> hook)
        {
            ArgumentNullException.ThrowIfNull(hook);
            return tensor.requires_grad
                ? HookFunction.Compute(tensor, hook)
                : throw new InvalidOperationException("with_hook needs a tensor that requires a gradient.");
        }

        /// <summary>Returns a tensor with the same values and a hook: <c>backward()</c> calls the function with the gradient of the result.</summary>
        /// <param name="hook">The function. Its argument is disposed of when the function returns.</param>
        /// <returns>A new tensor, to use in place of this one.</returns>
        /// <exception cref="InvalidOperationException">The tensor requires no gradient.</exception>
        public torch.Tensor with_hook(Action<torch.Tensor> hook)
        {
            ArgumentNullException.ThrowIfNull(hook);
            return tensor.with_hook(gradient =>
            {
                hook(gradient);
                return null;
            });
        }
    }
}
