namespace TorchSharp.TensorBoard;

/// <summary>TensorBoard's message for a graph; the numbers are its fields'.</summary>
internal static class GraphDef
{
    // a version of TensorFlow's that all TensorBoards read
    private const int Producer = 22;

    public static ProtobufWriter Of(IEnumerable<GraphNode> nodes) => ProtobufWriter.Of(graph =>
    {
        foreach (var node in nodes)
            graph.Message(1, message => Write(node, message));
        graph.Message(4, versions => versions.Integer(1, Producer));
    });

    private static void Write(GraphNode node, ProtobufWriter message)
    {
        message.Text(1, node.Name).Text(2, node.Type);
        foreach (var input in node.Inputs)
            message.Text(3, input);
        message.Message(5, attribute => attribute
            .Text(1, "_output_shapes")
            .Message(2, value => value.Message(1, list => list.Message(7, shape =>
            {
                foreach (var size in node.Shape)
                    shape.Message(2, dim => dim.Integer(1, size));
            }))));
    }
}
