using TorchSharp.Extras.Native;

namespace TorchSharp.Extras.Optim;

/// <summary>The parameters of one group of Adam or AdamW, by type, for one call of a fused operator a type.</summary>
internal sealed class AdamBatches
{
    private readonly Dictionary<torch.ScalarType, Batch> _batches = [];
    private readonly Dictionary<long, torch.Tensor> _steps = [];

    /// <summary>Adds a parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="mean">exp_avg of its state.</param>
    /// <param name="square">exp_avg_sq of its state.</param>
    /// <param name="mostSquare">max_exp_avg_sq of its state, for AMSGrad.</param>
    /// <param name="step">The number of this step for the parameter, from 1.</param>
    public void Add(torch.Tensor parameter, torch.Tensor gradient, torch.Tensor mean, torch.Tensor square, torch.Tensor? mostSquare, long step)
    {
        if (!_batches.TryGetValue(parameter.dtype, out var batch))
            _batches.Add(parameter.dtype, batch = new Batch());
        batch.Parameters.Add(parameter);
        batch.Gradients.Add(gradient);
        batch.Means.Add(mean);
        batch.Squares.Add(square);
        if (mostSquare is not null)
            batch.MostSquares.Add(mostSquare);
        if (!_steps.TryGetValue(step, out var count))
            _steps.Add(step, count = torch.tensor((float)step));
        batch.Steps.Add(count);
    }

    /// <summary>Takes the step.</summary>
    public void Step(
        Operator stepOperator, double lr, double beta1, double beta2, double weightDecay, double eps, bool amsgrad, bool maximize)
    {
        foreach (var batch in _batches.Values)
        {
            stepOperator.Call(
                batch.Parameters, batch.Gradients, batch.Means, batch.Squares, batch.MostSquares, batch.Steps, lr, beta1, beta2, weightDecay, eps,
                amsgrad, maximize, OperatorArgument.None, OperatorArgument.None);
        }
    }

    private sealed class Batch
    {
        public List<torch.Tensor> Parameters { get; } = [];

        public List<torch.Tensor> Gradients { get; } = [];

        public List<torch.Tensor> Means { get; } = [];

        public List<torch.Tensor> Squares { get; } = [];

        public List<torch.Tensor> MostSquares { get; } = [];

        public List<torch.Tensor> Steps { get; } = [];
    }
}
