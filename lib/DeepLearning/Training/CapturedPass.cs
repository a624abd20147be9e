using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// The pass of one shape of batch, recorded after a few eager ones and replayed from then on: one call instead of one for each operator.
/// Batches of other shapes pass eagerly. The eager passes train as the others do, so that the weights come out the same.
/// </summary>
internal sealed class CapturedPass(BatchPass eager, PassGraph graph, IReadOnlyList<Parameter> parameters) : BatchPass
{
    /// <summary>As many as torch.cuda.make_graphed_callables takes.</summary>
    public const int WarmUps = 3;

    private readonly Dictionary<string, int> _passes = [];
    private Recording? _recording;

    public override (Tensor Outputs, Tensor Loss) Run(Tensor inputs, Tensor targets, int together)
    {
        if (_recording is null && CountPass(inputs, targets) <= WarmUps)
            return WarmUp(inputs, targets, together);
        _recording ??= Record(inputs, targets);
        return _recording.Fits(inputs, targets) ? Replay(_recording, inputs, targets) : eager.Run(inputs, targets, together);
    }

    public override void Dispose()
    {
        _recording?.Dispose();
        graph.Dispose();
        eager.Dispose();
        base.Dispose();
    }

    // a training that goes on may begin with the short last batch of an epoch: what comes often first is recorded
    private int CountPass(Tensor inputs, Tensor targets)
    {
        var form = $"{inputs.dtype} {string.Join('x', inputs.shape)}, {targets.dtype} {string.Join('x', targets.shape)}";
        return _passes[form] = _passes.GetValueOrDefault(form) + 1;
    }

    private (Tensor Outputs, Tensor Loss) WarmUp(Tensor inputs, Tensor targets, int together) =>
        graph.WarmUp(() => eager.Run(inputs, targets, together));

    private Recording Record(Tensor inputs, Tensor targets)
    {
        using var scope = NewDisposeScope();
        var (given, wanted) = (inputs.clone(), targets.clone());
        var results = graph.Capture(() =>
        {
            var (outputs, loss) = eager.Run(given, wanted, together: 1);
            return [outputs.detach(), loss.detach(), .. parameters.Select(parameter => parameter.grad)];
        });
        foreach (var tensor in results.Append(given).Append(wanted))
            tensor?.DetachFromDisposeScope();
        return new Recording(given, wanted, results[0]!, results[1]!, results[2..]);
    }

    private (Tensor Outputs, Tensor Loss) Replay(Recording recording, Tensor inputs, Tensor targets)
    {
        using var untracked = no_grad();
        recording.Inputs.copy_(inputs);
        recording.Targets.copy_(targets);
        graph.Replay();
        // the optimizer has let go of them after the last step
        for (var i = 0; i < parameters.Count; i++)
            parameters[i].grad = recording.Gradients[i];
        // losses are read many at a time, when this one has been written over
        return (recording.Outputs, recording.Loss.clone());
    }

    /// <summary>The memory that a replay reads and writes.</summary>
    private sealed record Recording(Tensor Inputs, Tensor Targets, Tensor Outputs, Tensor Loss, Tensor?[] Gradients) : IDisposable
    {
        public bool Fits(Tensor inputs, Tensor targets) => AreAlike(Inputs, inputs) && AreAlike(Targets, targets);

        public void Dispose()
        {
            foreach (var tensor in Gradients.Append(Inputs).Append(Targets).Append(Outputs).Append(Loss))
                tensor?.Dispose();
        }

        private static bool AreAlike(Tensor one, Tensor other) => one.dtype == other.dtype && one.shape.AsSpan().SequenceEqual(other.shape);
    }
}
