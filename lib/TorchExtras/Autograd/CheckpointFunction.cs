using TorchSharp.Amp;
using TorchSharp.Extras.Autograd;

namespace TorchSharp;

/// <summary>The autograd function of a checkpoint: forward keeps only the inputs, and backward recomputes the function.</summary>
internal sealed class CheckpointFunction : torch.autograd.SingleTensorFunction<CheckpointFunction>
{
    private const string StateKey = "state";

    public override string Name => "Checkpoint";

    /// <summary>Computes a function and records its recomputation.</summary>
    /// <param name="function">The function.</param>
    /// <param name="preserveRandomState">Whether the recomputation draws the same random numbers.</param>
    /// <param name="inputs">The function's inputs.</param>
    public static torch.Tensor Compute(Func<torch.Tensor[], torch.Tensor> function, bool preserveRandomState, torch.Tensor[] inputs)
    {
        ReturnedGradients.Free();
        // for every function, TorchSharp keeps an empty tensor with the size of the result; the scope frees it
        using var scope = torch.NewDisposeScope();
        var state = new State(function, preserveRandomState, inputs.Length, AutocastState.Current());
        // autograd calls backward only if an input requires a gradient, and does not see the parameters inside the function
        var anchor = BackwardErrors.NewAnchor();
        var result = apply([state, .. inputs, anchor]);
        return result.MoveToOuterDisposeScope();
    }

    public override torch.Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars)
    {
        var state = (State)vars[0];
        torch.Tensor[] inputs = [.. vars.Skip(1).Take(state.Inputs).Cast<torch.Tensor>()];
        List<torch.Tensor> saved = [.. inputs];
        if (state.PreserveRandomState)
            saved.Add(torch.get_rng_state());
        ctx.set_materialize_grads(false);
        ctx.save_data(StateKey, state);
        ctx.save_for_backward(saved);
        return Evaluate(state.Function, inputs);
    }

    /// <summary>Computes a function and disposes of all tensors that it creates, except for the result.</summary>
    public static torch.Tensor Evaluate(Func<torch.Tensor[], torch.Tensor> function, torch.Tensor[] inputs)
    {
        using var scope = torch.NewDisposeScope();
        var result = function(inputs);
        // the function may return a tensor that it did not create, for example one of its inputs
        return (scope.Contains(result) ? result : result.alias()).MoveToOuterDisposeScope();
    }

    public override List<torch.Tensor> backward(torch.autograd.AutogradContext ctx, torch.Tensor grad_output)
    {
        var state = (State)ctx.get_data(StateKey);
        try
        {
            return ReturnedGradients.Keep([null, .. Gradients(ctx, state, grad_output), null])!;
        }
#pragma warning disable CA1031 // an exception from this method would end the process
        catch (Exception error)
        {
            return ReturnedGradients.Keep([null, .. new torch.Tensor?[state.Inputs], BackwardErrors.Refused(error)])!;
        }
#pragma warning restore CA1031
        finally
        {
            grad_output.Dispose();
        }
    }

    private static torch.Tensor?[] Gradients(torch.autograd.AutogradContext ctx, State state, torch.Tensor gradient)
    {
        if (gradient.IsInvalid)
            return new torch.Tensor?[state.Inputs];
        using var scope = torch.NewDisposeScope();
        using var tracked = torch.enable_grad();
        var saved = ctx.get_saved_variables();
        torch.Tensor[] inputs = [.. saved.Take(state.Inputs).Select(input => input.detach().requires_grad_(input.requires_grad))];
        var output = Again(state, inputs, state.PreserveRandomState ? saved[^1] : null);
        if (output.requires_grad)
            torch.autograd.backward([output], [gradient]);
        return [.. inputs.Select(input => input.grad?.MoveToOuterDisposeScope())];
    }

    private static torch.Tensor Again(State state, torch.Tensor[] inputs, torch.Tensor? randomState)
    {
        var (cpu, cuda) = state.Autocast.Enter();
        var now = randomState is null ? null : torch.get_rng_state();
        try
        {
            if (randomState is not null)
                torch.set_rng_state(randomState);
            return Evaluate(state.Function, inputs);
        }
        finally
        {
            if (now is not null)
                torch.set_rng_state(now);
            cuda.Dispose();
            cpu.Dispose();
        }
    }

    private sealed record State(Func<torch.Tensor[], torch.Tensor> Function, bool PreserveRandomState, int Inputs, AutocastState Autocast);
}
