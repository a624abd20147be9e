using TorchSharp.Extras.Autograd;

namespace TorchSharp;

/// <summary>The identity function with a hook on its gradient.</summary>
internal sealed class HookFunction : torch.autograd.SingleTensorFunction<HookFunction>
{
    private const string HookKey = "hook";

    public override string Name => "Hook";

    public static torch.Tensor Compute(torch.Tensor input, Func<torch.Tensor, torch.Tensor?> hook)
    {
        using var scope = torch.NewDisposeScope();
        var anchor = BackwardErrors.NewAnchor();
        var result = apply(hook, input, anchor);
        return result.MoveToOuterDisposeScope();
    }

    public override torch.Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars)
    {
        ctx.set_materialize_grads(false);
        ctx.save_data(HookKey, vars[0]);
        return ((torch.Tensor)vars[1]).alias();
    }

    public override List<torch.Tensor> backward(torch.autograd.AutogradContext ctx, torch.Tensor grad_output)
    {
        try
        {
            using var scope = torch.NewDisposeScope();
            if (grad_output.IsInvalid)
                return ReturnedGradients.Keep([null, null, null])!;
            var replacement = ((Func<torch.Tensor, torch.Tensor?>)ctx.get_data(HookKey))(grad_output);
            var gradient = (replacement ?? grad_output).alias();
            return ReturnedGradients.Keep([null, gradient, null])!;
        }
#pragma warning disable CA1031 // an exception from this method would end the process
        catch (Exception error)
        {
            return ReturnedGradients.Keep([null, null, BackwardErrors.Refused(error)])!;
        }
#pragma warning restore CA1031
        finally
        {
            grad_output.Dispose();
        }
    }
}
