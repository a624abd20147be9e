using static TorchSharp.torch;

namespace TorchSharp.Distributed;

/// <summary>
/// The autograd function that runs a module's backward and then reduces its gradients. Its outputs are the module's outputs, detached from the graph
/// of the module; its backward runs the whole graph of the module and then the reduction. The gradients are therefore complete when they are reduced,
/// however the module uses its parameters.
/// </summary>
internal sealed class ReducedBackward : autograd.MultiTensorFunction<ReducedBackward>
{
    private const string StateKey = "state";
    private const int AnchorElements = 2;

    public override string Name => "DistributedDataParallel";

    /// <summary>Calls a module; its backward is followed by a reduction.</summary>
    public static TResult Run<TResult>(GradientReducer reducer, object?[] inputs, Func<object?[], TResult> call)
    {
        var state = new State(reducer);
        List<Tensor> sources = [];
        Tensor Cut(Tensor input)
        {
            if (!input.requires_grad)
                return input;
            sources.Add(input);
            state.Cuts.Add(input.detach().requires_grad_().DetachFromDisposeScope());
            return state.Cuts[^1];
        }
        var result = call(Array.ConvertAll(inputs, input => TensorStructure.Map(input, Cut)));
        TensorStructure.Map(result, output =>
        {
            if (output.requires_grad)
                state.Outputs.Add(output);
            return output;
        });
        if (state.Outputs.Count == 0)
            return result;
        // this function needs a gradient even if no input does
        using var anchor = zeros(AnchorElements).requires_grad_();
        var connected = apply([state, anchor, .. sources]);
        // backward needs the graph of the outputs, so they leave the dispose scope
        foreach (var output in state.Outputs)
            output.DetachFromDisposeScope();
        var next = 0;
        return TensorStructure.Map(result, output => output.requires_grad ? connected[next++] : output);
    }

    public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var state = (State)vars[0];
        ctx.save_data(StateKey, state);
        return [.. state.Outputs.Select(output => output.detach())];
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> gradients)
    {
        var state = (State)ctx.get_data(StateKey);
        try
        {
            using var scope = NewDisposeScope();
            using (enable_grad())
                autograd.backward(state.Outputs, gradients);
            state.Reducer.Reduce();
            List<Tensor> results = [null!, null!, .. state.Cuts.Select(cut => cut.grad!)];
            foreach (var result in results)
                result?.MoveToOuterDisposeScope();
            return results;
        }
#pragma warning disable CA1031 // an exception from a custom function's backward would end the process
        catch (Exception error)
#pragma warning restore CA1031
        {
            return Refuse(state, error);
        }
        finally
        {
            state.Free();
        }
    }

    // a gradient of the wrong shape makes libtorch end backward with its own exception ("invalid gradient")
    private static List<Tensor> Refuse(State state, Exception error)
    {
        var failure = error as DistBackendError ?? state.Reducer.Group.Fail($"could not reduce the gradients: {error.Message}", error);
        Console.Error.WriteLine(failure.Message);
        return [null!, zeros(AnchorElements + 1), .. state.Cuts.Select(_ => (Tensor)null!)];
    }

    private sealed class State(GradientReducer reducer)
    {
        public GradientReducer Reducer => reducer;

        public List<Tensor> Inputs { get; } = [];

        public List<Tensor> Cuts { get; } = [];

        public List<Tensor> Outputs { get; } = [];

        public void Free()
        {
            foreach (var output in Outputs)
                output.Dispose();
            Outputs.Clear();
            foreach (var cut in Cuts)
                cut.Dispose();
        }
    }
}
