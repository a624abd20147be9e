using static TorchSharp.torch;

namespace DeepLearning.Training.Callbacks;

public sealed partial class TensorBoardLog
{
    /// <summary>Whether the network's graph is written, drawn from the first batch.</summary>
    /// <value>true.</value>
    public bool Graph { get; init; } = true;

    // in evaluation mode: drawing it must take nothing from the random stream and leave running statistics alone
    partial void DrawGraph(FitState fit)
    {
        if (!Graph)
            return;
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        fit.Model.eval();
        _writer!.add_graph(fit.Model, fit.Inputs!);
        fit.Model.train();
    }

    partial void Flush() => _writer!.flush();

    partial void Close() => _writer?.Dispose();
}
