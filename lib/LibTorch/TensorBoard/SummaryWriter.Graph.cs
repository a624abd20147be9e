using TorchSharp.TensorBoard;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

public sealed partial class SummaryWriter
{
    /// <summary>
    /// The graph of a network as it treats an example, in evaluation mode and without gradients: its submodules, grouped by their names, the
    /// operators between them, and what flows where.
    /// </summary>
    public void add_graph(nn.Module<Tensor, Tensor> model, Tensor input_to_model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(input_to_model);
        var graph = GraphDef.Of(GraphRecorder.Record(model, input_to_model));
        _file.Append(null, null, message => message.Bytes(EventField.GraphDef, graph.Written));
    }
}
