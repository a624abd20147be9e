using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>
        /// Calls <paramref name="hook"/> with each gradient of this tensor; what it returns, unless null, takes the gradient's place.
        /// TorchSharp has no such method; see
        /// <see href="https://pytorch.org/docs/stable/generated/torch.Tensor.register_hook.html">Tensor.register_hook</see>.
        /// </summary>
        /// <param name="hook">Gets a tensor that is disposed when it returns: keep an <see cref="alias"/> or a <see cref="clone"/>.</param>
        /// <returns>Takes the hook off again.</returns>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">The tensor requires no gradient.</exception>
        public unsafe nn.HookRemover register_hook(Func<Tensor, Tensor?> hook)
        {
            ArgumentNullException.ThrowIfNull(hook);
            uint registered;
            Door.Check(Door.door_register_hook(Handle, Callback.Entry, Callback.Released, new Hook(hook).Hold(), &registered));
            GC.KeepAlive(this);
            var position = registered;
            return new nn.HookRemover(() =>
            {
                Door.Check(Door.door_remove_hook(Handle, position));
                GC.KeepAlive(this);
            });
        }

        private sealed class Hook(Func<Tensor, Tensor?> hook) : Callback
        {
            protected override Tensor?[] Run(Tensor?[] gradients, int count) => [gradients[0] is { } gradient ? hook(gradient) : null];
        }
    }
}
