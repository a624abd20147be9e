using Google.Protobuf;
using Tensorboard;
using static TorchSharp.torch;

namespace TorchSharp.TensorBoard;

public sealed partial class SummaryWriter
{
    // a version of TensorFlow's graphs that every TensorBoard supports
    private const int GraphProducer = 22;

    /// <summary>Adds the graph of a model, which is recorded while the model runs once with an example in evaluation mode.</summary>
    /// <remarks>
    /// Each call of a module without submodules is a node; TensorBoard groups nodes by their parent modules. TorchSharp reports calls of modules, not
    /// of functions, so all functions between two modules (<c>relu</c>, <c>max_pool2d</c>, <c>+</c>, <c>view</c>, …) are one node named "functional",
    /// with edges from the outputs that they read. Use <c>call</c> for submodules: <c>forward</c> runs no hooks. The model's parameters, buffers,
    /// gradients and training mode do not change.
    /// </remarks>
    /// <param name="model">The model.</param>
    /// <param name="input_to_model">The example: a batch, on the model's device.</param>
    public void add_graph(nn.Module<Tensor, Tensor> model, Tensor input_to_model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(input_to_model);
        var graph = new GraphDef { Versions = new() { Producer = GraphProducer } };
        graph.Node.AddRange(GraphRecorder.Record(model, input_to_model).Select(Node));
        _file.Append(new Event { GraphDef = graph.ToByteString() });
    }

    private static NodeDef Node(GraphNode node)
    {
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(node.Shape.Select(size => new TensorShapeProto.Types.Dim { Size = size }));
        return new()
        {
            Name = node.Name,
            Op = node.Type,
            Input = { node.Inputs },
            Attr = { ["_output_shapes"] = new AttrValue { List = new() { Shape = { shape } } } },
        };
    }
}
