namespace TorchSharp;

/// <summary>Functions that see the gradients of tensors inside a graph, which TorchSharp lacks.</summary>
public static class TorchTensorHooks
{
    extension(torch.Tensor tensor)
    {
        /// <summary>Returns the same values, with a function that <c>backward()</c> calls with the gradient of the result.</summary>
        /// <param name="hook">
        /// The function. What it returns replaces the gradient; if it returns null, the gradient stays. Its argument is disposed when it returns: keep a
        /// <c>clone()</c>.
        /// </param>
        /// <returns>A new tensor. Go on with it: <c>x = x.with_hook(…)</c>. The function is not called for other uses of this tensor.</returns>
        /// <exception cref="InvalidOperationException">The tensor requires no gradient.</exception>
        /// <remarks>
        /// <para>
        /// It stands for PyTorch's
        /// <see href="https://pytorch.org/docs/stable/generated/torch.Tensor.register_hook.html">Tensor.register_hook</see>, which changes the tensor
        /// itself; TorchSharp does not make that possible. An exception of the function reaches the caller of <c>backward()</c> as the inner exception of
        /// an <see cref="System.Runtime.InteropServices.ExternalException"/>.
        /// </para>
        /// <para>The result cannot be changed in place, and gradients of gradients cannot be computed through it.</para>
        /// </remarks>
        public torch.Tensor with_hook(Func<torch.Tensor, torch.Tensor?> hook)
        {
            ArgumentNullException.ThrowIfNull(hook);
            return tensor.requires_grad
                ? HookFunction.Compute(tensor, hook)
                : throw new InvalidOperationException("with_hook needs a tensor that requires a gradient: there is no gradient to see.");
        }

        /// <summary>Returns the same values, with a function that <c>backward()</c> calls with the gradient of the result.</summary>
        /// <param name="hook">The function. Its argument is disposed when it returns.</param>
        /// <returns>A new tensor. Go on with it.</returns>
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
