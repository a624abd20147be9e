using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Until the result is disposed, this thread's operators record nothing for gradients.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static bool is_grad_enabled() => Door.door_grad_enabled() != 0;

    /// <summary>As <see cref="no_grad"/>, and the tensors made inside can never take part in a gradient.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    private sealed class GradMode : IDisposable
    {
        private readonly bool _before = is_grad_enabled();

        public GradMode(bool enabled) => Door.door_set_grad_enabled(enabled ? 1 : 0);

        public void Dispose() => Door.door_set_grad_enabled(_before ? 1 : 0);
    }

    private sealed class InferenceMode(bool enabled) : IDisposable
    {
        private nint _mode = Door.door_enter_inference_mode(enabled ? 1 : 0);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _mode, 0) is var mode and not 0)
                Door.door_leave_inference_mode(mode);
        }
    }

    public static unsafe partial class autograd
    {
        /// <summary>The gradients of <paramref name="outputs"/> with respect to <paramref name="inputs"/>, without adding to any <c>grad</c>.</summary>
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool? retain_graph = null,
            bool create_graph = false, bool allow_unused = false)
        {
            nint[] from = Handles(outputs), to = Handles(inputs), seeds = Handles(grad_outputs ?? []);
            var found = new nint[to.Length];
            fixed (nint* fromAt = from, toAt = to, seedsAt = seeds, foundAt = found)
                Door.Check(Door.door_grad(
                    fromAt, from.Length, toAt, to.Length, seedsAt, seeds.Length, (retain_graph ?? create_graph) ? 1 : 0,
                    create_graph ? 1 : 0, allow_unused ? 1 : 0, foundAt));
            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return [.. found.Select(handle => Tensor.Take(handle)!)];
        }

        /// <summary>Adds the gradients of the sum of <paramref name="tensors"/> to the <c>grad</c> of the leaves they came from.</summary>
        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null)
        {
            nint[] from = Handles(tensors), seeds = Handles(grad_tensors ?? []), to = Handles(inputs ?? []);
            fixed (nint* fromAt = from, seedsAt = seeds, toAt = to)
                Door.Check(Door.door_backward(
                    fromAt, from.Length, seedsAt, seeds.Length, (retain_graph ?? create_graph) ? 1 : 0, create_graph ? 1 : 0, toAt, to.Length));
            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        private static nint[] Handles(IList<Tensor> tensors) => [.. tensors.Select(tensor => tensor.Handle)];
    }

    public partial class Tensor
    {
        /// <summary>What <see cref="backward()"/> has added up for this leaf; null before the first.</summary>
        public unsafe Tensor? grad
        {
            get
            {
                nint gradient;
                Door.Check(Door.door_gradient(Handle, &gradient));
                GC.KeepAlive(this);
                return Take(gradient);
            }

            set
            {
                Door.Check(Door.door_set_gradient(Handle, value?.Handle ?? 0));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        public void backward() => autograd.backward([this]);

        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        public Tensor detach() => Aten.Call("detach", this);

        public Tensor detach_() => Aten.InPlace("detach_", this);
    }
}
