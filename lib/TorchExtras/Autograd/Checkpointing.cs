namespace TorchSharp;

/// <summary>Gradient checkpointing: <c>torch.utils.checkpoint</c>, which TorchSharp lacks.</summary>
public static class TorchCheckpoint
{
    extension(torch.utils)
    {
        /// <summary>
        /// Computes a function without keeping the intermediate results for its gradient; <c>backward()</c> recomputes them. This trades time for
        /// memory.
        /// </summary>
        /// <param name="function">
        /// The function. It runs twice, so its result must depend only on its inputs and on parameters. Tensors that it creates are disposed of,
        /// except for its result. Under <c>torch.autocast</c>, the second run uses the same mode.
        /// </param>
        /// <param name="preserve_rng_state">
        /// Whether the second run draws the same random numbers, as dropout requires. Only the CPU's generator is supported.
        /// </param>
        /// <param name="inputs">The inputs. Parameters inside the function get gradients even if no input requires one.</param>
        /// <returns>The function's result, attached to the current dispose scope, if any.</returns>
        /// <remarks>
        /// <para>If the second run throws, <c>backward()</c> throws an exception with the original exception as its inner exception, an
        /// <see cref="System.Runtime.InteropServices.ExternalException"/>.</para>
        /// <para>Gradients of gradients cannot be computed through a checkpoint, and <c>torch.autograd.grad</c> adds to the <c>grad</c> of parameters
        /// inside the function, as in PyTorch's reentrant variant.</para>
        /// <para>PyTorch: <see href="https://pytorch.org/docs/stable/checkpoint.html">torch.utils.checkpoint.checkpoint</see>. Chen et al., 2016,
        /// <see href="https://arxiv.org/abs/1604.06174">Training deep nets with sublinear memory cost</see>.</para>
        /// </remarks>
        public static torch.Tensor checkpoint(
            Func<torch.Tensor[], torch.Tensor> function, bool preserve_rng_state = true, params torch.Tensor[] inputs)
        {
            ArgumentNullException.ThrowIfNull(function);
            ArgumentNullException.ThrowIfNull(inputs);
            return torch.is_grad_enabled()
                ? CheckpointFunction.Compute(function, preserve_rng_state, inputs)
                : CheckpointFunction.Evaluate(function, inputs);
        }

        /// <inheritdoc cref="checkpoint(Func{torch.Tensor[], torch.Tensor}, bool, torch.Tensor[])"/>
        /// <param name="function">The function.</param>
        /// <param name="input">The input.</param>
        /// <param name="preserve_rng_state">Whether the second run draws the same random numbers, as dropout requires.</param>
        public static torch.Tensor checkpoint(Func<torch.Tensor, torch.Tensor> function, torch.Tensor input, bool preserve_rng_state = true)
        {
            ArgumentNullException.ThrowIfNull(function);
            ArgumentNullException.ThrowIfNull(input);
            return torch.utils.checkpoint(inputs => function(inputs[0]), preserve_rng_state, input);
        }

        /// <summary>Computes a chain of modules in segments of equal length; each segment except the last one is a checkpoint.</summary>
        /// <param name="functions">The modules, or a Sequential.</param>
        /// <param name="segments">The number of segments, from 1 to the number of modules.</param>
        /// <param name="input">The input of the first module.</param>
        /// <returns>The output of the last module.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The number of segments is less than 1 or greater than the number of modules.</exception>
        /// <remarks>
        /// PyTorch: <see href="https://pytorch.org/docs/stable/checkpoint.html">torch.utils.checkpoint.checkpoint_sequential</see>.
        /// </remarks>
        public static torch.Tensor checkpoint_sequential(
            IEnumerable<torch.nn.IModule<torch.Tensor, torch.Tensor>> functions, int segments, torch.Tensor input)
        {
            ArgumentNullException.ThrowIfNull(functions);
            ArgumentNullException.ThrowIfNull(input);
            var modules = functions.ToList();
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(segments);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(segments, modules.Count);
            var size = modules.Count / segments;
            var current = input;
            for (var segment = 0; segment < segments; segment++)
            {
                var isLast = segment == segments - 1;
                var steps = modules.Skip(segment * size).Take(isLast ? modules.Count : size).ToList();
                var next = isLast ? Chain(steps, current) : torch.utils.checkpoint(x => Chain(steps, x), current);
                DisposePassed(current, input, next);
                current = next;
            }
            return current;
        }

        /// <inheritdoc cref="checkpoint_sequential(IEnumerable{torch.nn.IModule{torch.Tensor, torch.Tensor}}, int, torch.Tensor)"/>
        public static torch.Tensor checkpoint_sequential(Modules.Sequential functions, int segments, torch.Tensor input)
        {
            ArgumentNullException.ThrowIfNull(functions);
            return torch.utils.checkpoint_sequential(Enumerable.Range(0, functions.Count).Select(index => functions[index]), segments, input);
        }
    }

    private static torch.Tensor Chain(List<torch.nn.IModule<torch.Tensor, torch.Tensor>> steps, torch.Tensor input)
    {
        var current = input;
        foreach (var step in steps)
        {
            var next = step.call(current);
            DisposePassed(current, input, next);
            current = next;
        }
        return current;
    }

    // autograd keeps what backward needs
    private static void DisposePassed(torch.Tensor passed, torch.Tensor input, torch.Tensor next)
    {
        if (!ReferenceEquals(passed, input) && !ReferenceEquals(passed, next))
            passed.Dispose();
    }
}
