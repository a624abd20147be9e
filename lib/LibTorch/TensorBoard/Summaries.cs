namespace TorchSharp.TensorBoard;

/// <summary>What an event can tell, as TensorBoard's messages Summary and Summary.Value; the numbers are their fields'.</summary>
internal static class Summaries
{
    private const int StringType = 7;

    public static Action<ProtobufWriter> Scalar(string tag, float value) => Value(tag, content => content.Float(2, value));

    public static Action<ProtobufWriter> Histogram(string tag, HistogramContent histogram) =>
        Value(tag, content => content.Message(5, message => message
            .Double(1, histogram.Min)
            .Double(2, histogram.Max)
            .Double(3, histogram.Count)
            .Double(4, histogram.Sum)
            .Double(5, histogram.SumOfSquares)
            .Doubles(6, histogram.Limits)
            .Doubles(7, histogram.Buckets)));

    public static Action<ProtobufWriter> Image(string tag, EncodedImage image) => Value(tag, content => content.Message(4, message => message
        .Integer(1, image.Height)
        .Integer(2, image.Width)
        .Integer(3, image.Channels)
        .Bytes(4, image.Bytes)));

    public static Action<ProtobufWriter> Text(string tag, string text) => Value(tag + "/text_summary", content => content
        .Message(9, metadata => Plugin(metadata, "text", []))
        .Message(8, tensor => tensor
            .Integer(1, StringType)
            .Message(2, shape => shape.Message(2, dim => dim.Integer(1, 1)))
            .Text(8, text)));

    /// <summary>A value that is all in its metadata, as hyperparameters are.</summary>
    public static Action<ProtobufWriter> PluginData(string tag, string plugin, Action<ProtobufWriter> data) =>
        Value(tag, content => content.Message(9, metadata => Plugin(metadata, plugin, ProtobufWriter.Of(data).Written)));

    private static Action<ProtobufWriter> Value(string tag, Action<ProtobufWriter> content) =>
        message => message.Message(EventField.Summary, summary => summary.Message(1, value => content(value.Text(1, tag))));

    private static void Plugin(ProtobufWriter metadata, string name, ReadOnlySpan<byte> content)
    {
        var plugin = new ProtobufWriter().Text(1, name).Bytes(2, content);
        metadata.Bytes(1, plugin.Written);
    }
}
