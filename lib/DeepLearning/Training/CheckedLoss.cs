using DeepLearning.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// A loss function whose first results are checked: the result must be a single number, and the function must not silently broadcast outputs [N, 1]
/// against targets [N], which compares every output with every target.
/// </summary>
internal sealed class CheckedLoss(Func<Tensor, Tensor, Tensor> loss)
{
    private bool _isChecked;

    /// <exception cref="ArgumentException">
    /// The loss is not a single number, has no gradients, or compares every output with every target; the message names the shapes.
    /// </exception>
    public Tensor Compute(Tensor outputs, Tensor targets)
    {
        var value = loss(outputs, targets);
        if (!_isChecked)
            Check(outputs, targets, value);
        return value;
    }

    private void Check(Tensor outputs, Tensor targets, Tensor value)
    {
        if (value.numel() != 1)
            throw new ArgumentException($"TrainerOptions.Loss must return one number, the mean over the samples, but returned a tensor of shape "
                + $"{Shapes.Text(value)}: append .mean().");
        if (outputs.requires_grad && !value.requires_grad)
        {
            throw new ArgumentException("The loss does not depend on the model's outputs in a differentiable way, so it has no gradients: TrainerOptions.Loss detaches the outputs, "
                + "rounds them (as argmax does), or computes within no_grad().");
        }
        if (!MayBroadcast(outputs, targets))
        {
            _isChecked = true;
            return;
        }
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var random = torch.random.get_rng_state();
        try
        {
            // the mean over all pairs does not depend on the order of the targets
            if (!IsClose(value, loss(outputs, targets.roll(1, 0))) || Aligned(outputs, targets) is not { } aligned)
                _isChecked = true;
            else if (!IsClose(value, aligned))
                throw Shapes.Unfit("The loss compares every output with every target: it", "outputs and targets of the same shape", outputs, targets);
        }
        finally
        {
            torch.random.set_rng_state(random);
        }
    }

    /// <summary>Returns true for shapes that differ only in dimensions of size 1.</summary>
    private static bool MayBroadcast(Tensor outputs, Tensor targets) =>
        outputs.numel() == targets.numel() && outputs.numel() > 1 && !outputs.shape.AsSpan().SequenceEqual(targets.shape)
        && outputs.shape.Where(size => size > 1).SequenceEqual(targets.shape.Where(size => size > 1));

    /// <summary>Returns the loss of outputs in the targets' shape; null if the loss rejects this shape.</summary>
    private Tensor? Aligned(Tensor outputs, Tensor targets)
    {
        try
        {
            return loss(outputs.reshape(targets.shape), targets);
        }
        catch (Exception error) when (error is System.Runtime.InteropServices.ExternalException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsClose(Tensor a, Tensor b)
    {
        var (first, second) = (a.to(ScalarType.Float64).ToDouble(), b.to(ScalarType.Float64).ToDouble());
        return Math.Abs(first - second) <= 1e-5 * (Math.Abs(first) + Math.Abs(second));
    }
}
