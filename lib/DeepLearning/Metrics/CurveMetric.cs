using static TorchSharp.torch;

namespace DeepLearning.Metrics;

/// <summary>A score of a binary classifier that needs the scores of all samples.</summary>
internal sealed class CurveMetric(string name, bool needsNegatives, Func<IReadOnlyList<bool>, IReadOnlyList<double>, double> score) : Metric(name)
{
    // [N, 2] for each batch: the score and the target
    private readonly List<Tensor> _samples = [];

    public override StateReduction Reduction => StateReduction.Concatenate;

    public override void Update(Tensor outputs, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(targets);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var scores = outputs;
        if (outputs.ndim == 2 && outputs.shape[1] == 2)
        {
            Shapes.RequireClasses(Name, outputs, targets);
            scores = outputs.select(1, 1).to(ScalarType.Float64) - outputs.select(1, 0);
        }
        else if (outputs.ndim is 1 || (outputs.ndim == 2 && outputs.shape[1] == 1))
        {
            Shapes.RequireSame(Name, outputs, targets);
        }
        else
        {
            throw Shapes.Unfit(Name, "outputs [N], [N, 1] or [N, 2], of two classes", outputs, targets);
        }
        Targets.RequireBinary(Name, targets);
        _samples.Add(stack([scores.reshape(-1).to(ScalarType.Float64), targets.reshape(-1).to(ScalarType.Float64)], 1).DetachFromDisposeScope());
    }

    public override double Compute()
    {
        using var state = SaveState();
        var values = state.data<double>().ToArray();
        var scores = values.Where((_, place) => place % 2 == 0).ToList();
        var labels = values.Where((_, place) => place % 2 == 1).Select(label => label > 0.5).ToList();
        return labels.Contains(true) && (!needsNegatives || labels.Contains(false)) && !scores.Exists(double.IsNaN) ? score(labels, scores) : double.NaN;
    }

    public override void Reset()
    {
        _samples.ForEach(batch => batch.Dispose());
        _samples.Clear();
    }

    public override Metric Clone() => new CurveMetric(Name, needsNegatives, score);

    public override Tensor SaveState()
    {
        using var scope = NewDisposeScope();
        return _samples.Count == 0
            ? zeros([0], ScalarType.Float64).MoveToOuterDisposeScope()
            : cat(_samples).flatten().cpu().MoveToOuterDisposeScope();
    }

    public override void LoadState(Tensor state, Device device)
    {
        ArgumentNullException.ThrowIfNull(state);
        Reset();
        if (state.numel() == 0)
            return;
        using var scope = NewDisposeScope();
        _samples.Add(state.view(-1, 2).to(device, copy: true).DetachFromDisposeScope());
    }
}
