using Google.Protobuf;
using Tensorboard;

namespace DeepLearning.TensorBoard;

/// <summary>Reads the message of a graph.</summary>
internal static class GraphReader
{
    public static List<GraphNode> Read(ByteString message) => [.. GraphDef.Parser.ParseFrom(message).Node.Select(Node)];

    private static GraphNode Node(NodeDef node)
    {
        var shape = node.Attr.TryGetValue("_output_shapes", out var attribute) ? attribute.List?.Shape.FirstOrDefault() : null;
        return new(
            node.Name,
            node.Op,
            // "^name" is a control dependency, and "name:1" is the node's second output
            [.. node.Input.Select(input => input.TrimStart('^').Split(':')[0])],
            string.Join(" × ", shape?.Dim.Select(dim => dim.Size) ?? []));
    }
}
