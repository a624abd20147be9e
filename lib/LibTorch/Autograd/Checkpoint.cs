namespace TorchSharp;

public static partial class torch
{
    public static partial class utils
    {
        /// <summary>
        /// Computes <paramref name="function"/> without keeping what its gradient needs; backward computes it anew. Memory for time: see
        /// <see href="https://pytorch.org/docs/stable/checkpoint.html">torch.utils.checkpoint.checkpoint</see>. TorchSharp has no such function.
        /// </summary>
        /// <param name="function">
        /// A pure function of its inputs and of parameters; it runs twice. Tensors that it makes besides its result are disposed.
        /// </param>
        /// <param name="preserve_rng_state">Whether the second run draws the random numbers of the first, as dropout needs.</param>
        /// <param name="inputs">What it is computed from. None need require a gradient for the parameters inside to get theirs.</param>
        public static Tensor checkpoint(Func<Tensor[], Tensor> function, bool preserve_rng_state = true, params Tensor[] inputs)
        {
            ArgumentNullException.ThrowIfNull(function);
            if (!is_grad_enabled() || inputs.Any(input => input.requires_grad))
                return Checkpointed.apply([function, preserve_rng_state, .. inputs]);
            // autograd comes back to what depends on something that requires a gradient, and it does not see the parameters inside
            using var link = empty(0, requires_grad: true);
            Func<Tensor[], Tensor> unlinked = linked => function(linked[..^1]);
            return Checkpointed.apply([unlinked, preserve_rng_state, .. inputs, link]);
        }

        /// <inheritdoc cref="checkpoint(Func{Tensor[], Tensor}, bool, Tensor[])"/>
        public static Tensor checkpoint(Func<Tensor, Tensor> function, Tensor input, bool preserve_rng_state = true) =>
            checkpoint(inputs => function(inputs[0]), preserve_rng_state, input);

        /// <summary>Checkpoints a chain of modules in equal segments; the last segment is kept as usual.</summary>
        /// <param name="functions">The chain.</param>
        /// <param name="segments">How many parts; from 1 to the number of modules.</param>
        /// <param name="input">What goes in.</param>
        /// <exception cref="ArgumentOutOfRangeException">There are fewer modules than segments, or no segment.</exception>
        public static Tensor checkpoint_sequential(IReadOnlyList<nn.Module<Tensor, Tensor>> functions, int segments, Tensor input)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(segments);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(segments, functions.Count);
            var size = functions.Count / segments;
            var current = input;
            for (var segment = 0; segment < segments; segment++)
            {
                var last = segment == segments - 1;
                var steps = functions.Skip(segment * size).Take(last ? functions.Count : size).ToList();
                var next = last ? Chain(steps, current) : checkpoint(x => Chain(steps, x), current);
                Drop(current, input, next);
                current = next;
            }
            return current;
        }

        private static Tensor Chain(IEnumerable<nn.Module<Tensor, Tensor>> steps, Tensor input)
        {
            var current = input;
            foreach (var step in steps)
            {
                var next = step.call(current);
                Drop(current, input, next);
                current = next;
            }
            return current;
        }

        // what backward needs of it, autograd keeps
        private static void Drop(Tensor passed, Tensor input, Tensor next)
        {
            if (!ReferenceEquals(passed, input) && !ReferenceEquals(passed, next))
                passed.Dispose();
        }

        private sealed class Checkpointed : autograd.SingleTensorFunction<Checkpointed>
        {
            public override string Name => nameof(checkpoint);

            public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
            {
                Tensor[] inputs = [.. vars.OfType<Tensor>()];
                ctx.save_for_backward([.. inputs]);
                ctx.save_data("function", vars[0]);
                if ((bool)vars[1])
                    ctx.save_data("random state", random.get_rng_state().DetachFromDisposeScope());
                using var scope = NewDisposeScope();
                return ((Func<Tensor[], Tensor>)vars[0])(inputs).MoveToOuterDisposeScope();
            }

            public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
            {
                using var tracked = enable_grad();
                using var scope = NewDisposeScope();
                Tensor[] inputs = [.. ctx.get_saved_variables().Select(input => input.detach().requires_grad_(input.requires_grad))];
                Tensor output;
                using (NewDisposeScope())
                    output = Again(ctx, inputs).MoveToOuterDisposeScope();
                if (output.requires_grad)
                    autograd.backward([output], [grad_output]);
                return [null!, null!, .. inputs.Select(input => input.grad?.MoveToOuterDisposeScope()!)];
            }

            private static Tensor Again(autograd.AutogradContext ctx, Tensor[] inputs)
            {
                var function = (Func<Tensor[], Tensor>)ctx.get_data("function");
                if (!ctx.has_data("random state"))
                    return function(inputs);
                using var now = random.get_rng_state();
                random.set_rng_state((Tensor)ctx.get_data("random state"));
                try
                {
                    return function(inputs);
                }
                finally
                {
                    random.set_rng_state(now);
                }
            }
        }
    }
}
