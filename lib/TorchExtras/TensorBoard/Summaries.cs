using Google.Protobuf;
using Tensorboard;

namespace TorchSharp.TensorBoard;

/// <summary>Builds the summary messages of events.</summary>
internal static class Summaries
{
    private const string TextPlugin = "text";
    private const string TextSuffix = "/text_summary";

    public static Summary Scalar(string tag, float value) => Of(tag, new() { SimpleValue = value });

    public static Summary Histogram(string tag, HistogramProto histogram) => Of(tag, new() { Histo = histogram });

    public static Summary Image(string tag, EncodedImage image) => Of(tag, new()
    {
        Image = new()
        {
            Height = image.Height,
            Width = image.Width,
            Colorspace = image.Channels,
            EncodedImageString = UnsafeByteOperations.UnsafeWrap(image.Bytes),
        },
    });

    /// <summary>Returns a text for the text plugin: a string tensor of shape [1].</summary>
    public static Summary Text(string tag, string text) => Of(tag + TextSuffix, new()
    {
        Metadata = Plugin(TextPlugin, ByteString.Empty),
        Tensor = new()
        {
            Dtype = DataType.DtString,
            TensorShape = new() { Dim = { new TensorShapeProto.Types.Dim { Size = 1 } } },
            StringVal = { ByteString.CopyFromUtf8(text) },
        },
    });

    /// <summary>Returns a summary whose content is in the metadata, as for the hparams plugin.</summary>
    public static Summary PluginData(string tag, string plugin, ByteString content) => Of(tag, new() { Metadata = Plugin(plugin, content) });

    private static Summary Of(string tag, Summary.Types.Value value)
    {
        value.Tag = tag;
        return new() { Value = { value } };
    }

    private static SummaryMetadata Plugin(string name, ByteString content) => new() { PluginData = new() { PluginName = name, Content = content } };
}
