using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static unsafe partial class autograd
    {
        /// <summary>What a function's forward keeps for its backward.</summary>
        public sealed class AutogradContext
        {
            private readonly Dictionary<string, object> _data = [];
            private List<Tensor?> _saved = [];

            /// <summary>Whether a gradient that there is none of comes as zeros (or else as null).</summary>
            internal bool MaterializeGrads { get; private set; } = true;

            internal List<Tensor> NonDifferentiable { get; private set; } = [];

            /// <summary>Keeps tensors; null stays null. An output that is saved comes back without its history.</summary>
            public void save_for_backward(List<Tensor> tensors) => _saved = [.. tensors];

            public List<Tensor> get_saved_variables() => [.. _saved.Select(tensor => tensor!)];

            public void save_data(string key, object value) => _data[key] = value;

            /// <exception cref="KeyNotFoundException">Nothing was saved under that key.</exception>
            public object get_data(string key) => _data.TryGetValue(key, out var value)
                ? value
                : throw new KeyNotFoundException($"The function's forward saved nothing as '{key}'; it saved [{string.Join(", ", _data.Keys)}].");

            internal bool has_data(string key) => _data.ContainsKey(key);

            public void mark_non_differentiable(List<Tensor> tensors) => NonDifferentiable = tensors;

            public void set_materialize_grads(bool value) => MaterializeGrads = value;

            /// <summary>Takes own references to what is saved; an output must not keep its own graph alive.</summary>
            internal void Keep(List<Tensor> outputs) => _saved =
            [
                .. _saved.Select(tensor => tensor is null
                    ? null
                    : (outputs.Contains(tensor, ReferenceEqualityComparer.Instance) ? tensor.detach() : tensor.alias()).DetachFromDisposeScope()),
            ];

            internal void Forget()
            {
                foreach (var tensor in _saved)
                    tensor?.Dispose();
            }
        }

        /// <summary>A function with a backward of its own; subclass <see cref="SingleTensorFunction{T}"/> or <see cref="MultiTensorFunction{T}"/>.</summary>
        public abstract class Function<T>
            where T : Function<T>, new()
        {
            /// <summary>What errors call the function.</summary>
            public abstract string Name { get; }

            internal abstract List<Tensor> Forward(AutogradContext context, object[] vars);

            internal abstract List<Tensor> Backward(AutogradContext context, List<Tensor> gradients);

            private protected static List<Tensor> Apply(object[] vars)
            {
                var function = new T();
                var context = new AutogradContext();
                List<Tensor> inputs = [.. vars.OfType<Tensor>()];
                List<Tensor> outputs;
                using (no_grad())
                {
                    outputs = function.Forward(context, vars);
                    // an input that is handed through becomes a tensor of its own, or its history would be overwritten
                    outputs = [.. outputs.Select(output => inputs.Contains(output, ReferenceEqualityComparer.Instance) ? output.view_as(output) : output)];
                }
                context.Keep(outputs);
                var node = new Node(function, context, [.. vars.Select(argument => argument is Tensor)]);
                nint[] from = [.. inputs.Select(input => input.Handle)], to = [.. outputs.Select(output => output.Handle)];
                byte[] differentiable =
                [
                    .. outputs.Select(output =>
                        context.NonDifferentiable.Contains(output, ReferenceEqualityComparer.Instance) ? (byte)0 : (byte)1),
                ];
                var held = node.Hold();
                var attached = 0;
                fixed (nint* fromAt = from, toAt = to)
                fixed (byte* differentiableAt = differentiable)
                    Door.Check(Door.door_attach(
                        fromAt, from.Length, toAt, to.Length, differentiableAt, Callback.Entry, Callback.Released, held,
                        context.MaterializeGrads ? 1 : 0, &attached));
                GC.KeepAlive(inputs);
                if (attached == 0)
                    Callback.LetGo(held);
                return outputs;
            }

            private sealed class Node(Function<T> function, AutogradContext context, bool[] isTensor) : Callback
            {
                protected override Tensor?[] Run(Tensor?[] gradients, int count)
                {
                    List<Tensor?> found = [.. function.Backward(context, [.. gradients.Select(gradient => gradient!)])];
                    // one gradient an argument, of which those of numbers and the like are dropped, or one a tensor
                    if (found.Count == isTensor.Length)
                        found = [.. found.Where((_, index) => isTensor[index])];
                    return found.Count == count
                        ? [.. found]
                        : throw new InvalidOperationException(
                            $"The backward of {function.Name} returned {found.Count} gradients; it takes one for each of {isTensor.Length} arguments.");
                }

                protected override void Release() => context.Forget();
            }
        }

        /// <summary>A function of any arguments with one result.</summary>
        public abstract class SingleTensorFunction<T> : Function<T>
            where T : SingleTensorFunction<T>, new()
        {
            public static Tensor apply(params object[] vars) => Apply(vars)[0];

            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            /// <summary>One gradient for each argument of forward, null where there is none.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            internal sealed override List<Tensor> Forward(AutogradContext context, object[] vars) => [forward(context, vars)];

            internal sealed override List<Tensor> Backward(AutogradContext context, List<Tensor> gradients) => backward(context, gradients[0]);
        }

        /// <summary>A function of any arguments with several results.</summary>
        public abstract class MultiTensorFunction<T> : Function<T>
            where T : MultiTensorFunction<T>, new()
        {
            public static List<Tensor> apply(params object[] vars) => Apply(vars);

            public abstract List<Tensor> forward(AutogradContext ctx, params object[] vars);

            /// <summary>One gradient for each argument of forward, null where there is none.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs);

            internal sealed override List<Tensor> Forward(AutogradContext context, object[] vars) => forward(context, vars);

            internal sealed override List<Tensor> Backward(AutogradContext context, List<Tensor> gradients) => backward(context, gradients);
        }
    }
}
