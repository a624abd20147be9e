using Google.Protobuf;
using Tensorboard;

namespace DeepLearning.TensorBoard;

/// <summary>Adds the content of events to a run.</summary>
internal static class EventReader
{
    private const string TextSuffix = "/text_summary";

    // the range of wall times within DateTimeOffset, with a margin: seconds from 1970 to the year 5138
    private const double LatestTime = 1e11;

    /// <exception cref="InvalidProtocolBufferException">The bytes are not an event.</exception>
    /// <exception cref="InvalidDataException">The content of the event is inconsistent.</exception>
    public static void Read(byte[] message, BoardRun run)
    {
        var found = Event.Parser.ParseFrom(message);
        if (!found.GraphDef.IsEmpty)
            run.SetGraph(GraphReader.Read(found.GraphDef));
        var time = DateTimeOffset.UnixEpoch.AddSeconds(double.IsFinite(found.WallTime) ? Math.Clamp(found.WallTime, 0, LatestTime) : 0);
        foreach (var value in found.Summary?.Value ?? [])
            Read(value, found.Step, time, run);
    }

    private static void Read(Tensorboard.Summary.Types.Value value, long step, DateTimeOffset time, BoardRun run)
    {
        switch (value.ValueCase)
        {
            case Tensorboard.Summary.Types.Value.ValueOneofCase.SimpleValue:
                run.Add(value.Tag, new ScalarPoint(step, time, value.SimpleValue));
                break;
            case Tensorboard.Summary.Types.Value.ValueOneofCase.Image:
                run.Add(value.Tag, new ImagePoint(step, time, value.Image.Width, value.Image.Height, value.Image.EncodedImageString.Memory));
                break;
            case Tensorboard.Summary.Types.Value.ValueOneofCase.Histo:
                run.Add(value.Tag, Histogram(value.Histo, step, time));
                break;
        }

        switch (value.Metadata?.PluginData?.PluginName)
        {
            case "hparams":
                HParamReader.Read(value.Metadata.PluginData.Content, run);
                break;
            case "text" when value.Tensor?.StringVal is [var text, ..]:
                run.Add(
                    value.Tag.EndsWith(TextSuffix, StringComparison.Ordinal) ? value.Tag[..^TextSuffix.Length] : value.Tag,
                    new TextPoint(step, time, text.ToStringUtf8()));
                break;
            // TensorFlow's writers store scalars as tensors
            case "scalars" when Number(value.Tensor) is { } number:
                run.Add(value.Tag, new ScalarPoint(step, time, number));
                break;
        }
    }

    private static HistogramPoint Histogram(HistogramProto histogram, long step, DateTimeOffset time) =>
        histogram.BucketLimit.Count == histogram.Bucket.Count
            ? new(step, time, histogram.Min, histogram.Max, histogram.BucketLimit, histogram.Bucket)
            : throw new InvalidDataException($"A histogram has {histogram.BucketLimit.Count} limits but {histogram.Bucket.Count} counts.");

    /// <summary>Returns the value of a tensor with a single Float32 or Float64, which is in one of three fields; null for other tensors.</summary>
    private static double? Number(TensorProto? tensor) => tensor switch
    {
        { FloatVal: [var number] } => number,
        { DoubleVal: [var number] } => number,
        { Dtype: DataType.DtFloat, TensorContent: { Length: sizeof(float) } bytes } => BitConverter.ToSingle(bytes.Span),
        { Dtype: DataType.DtDouble, TensorContent: { Length: sizeof(double) } bytes } => BitConverter.ToDouble(bytes.Span),
        _ => null,
    };
}
