namespace DeepLearning.TensorBoard;

/// <summary>Reads TensorBoard's message for a graph.</summary>
internal static class GraphReader
{
    public static List<GraphNode> Read(ReadOnlySpan<byte> message)
    {
        List<GraphNode> nodes = [];
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1)
                nodes.Add(Node(reader.Bytes));
        }
        return nodes;
    }

    private static GraphNode Node(ReadOnlySpan<byte> message)
    {
        var (name, kind, shape) = ("", "", "");
        List<string> inputs = [];
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Text;
                    break;
                case 2:
                    kind = reader.Text;
                    break;
                case 3:
                    // "^name" only waits for a node, and "name:1" reads its second output
                    inputs.Add(reader.Text.TrimStart('^').Split(':')[0]);
                    break;
                case 5:
                    shape = Shape(reader.Bytes) ?? shape;
                    break;
            }
        }
        return new GraphNode(name, kind, inputs, shape);
    }

    /// <summary>The first of the attribute _output_shapes; null for other attributes.</summary>
    private static string? Shape(ReadOnlySpan<byte> attribute)
    {
        var isShape = false;
        var reader = new ProtobufReader(attribute);
        while (reader.Next())
        {
            if (reader.Field == 1)
                isShape = reader.Text == "_output_shapes";
            else if (reader.Field == 2 && isShape)
                return Inside(reader.Bytes, 1, list => Inside(list, 7, Sizes));
        }
        return null;
    }

    private static string? Inside(ReadOnlySpan<byte> message, int field, Func<ReadOnlySpan<byte>, string?> read)
    {
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == field)
                return read(reader.Bytes);
        }
        return null;
    }

    private static string Sizes(ReadOnlySpan<byte> shape)
    {
        List<string> sizes = [];
        var reader = new ProtobufReader(shape);
        while (reader.Next())
        {
            if (reader.Field != 2)
                continue;
            var dimension = new ProtobufReader(reader.Bytes);
            while (dimension.Next())
            {
                if (dimension.Field == 1)
                    sizes.Add($"{dimension.Integer}");
            }
        }
        return string.Join(" × ", sizes);
    }
}
