namespace DeepLearning.TensorBoard;

/// <summary>Puts what TensorBoard's messages say into a run. The numbers are the fields' of its Event, Summary and plugins.</summary>
internal static class EventReader
{
    private const string TextSuffix = "/text_summary";

    public static void Read(ReadOnlySpan<byte> message, BoardRun run)
    {
        var (time, step) = (DateTimeOffset.UnixEpoch, 0L);
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    time = DateTimeOffset.UnixEpoch.AddSeconds(double.IsFinite(reader.Number) ? Math.Clamp(reader.Number, 0, 1e11) : 0);
                    break;
                case 2:
                    step = reader.Integer;
                    break;
                case 4:
                    run.SetGraph(GraphReader.Read(reader.Bytes));
                    break;
                case 5:
                    ReadSummary(reader.Bytes, step, time, run);
                    break;
            }
        }
    }

    private static void ReadSummary(ReadOnlySpan<byte> summary, long step, DateTimeOffset time, BoardRun run)
    {
        var reader = new ProtobufReader(summary);
        while (reader.Next())
        {
            if (reader.Field == 1)
                ReadValue(reader.Bytes, step, time, run);
        }
    }

    private static void ReadValue(ReadOnlySpan<byte> value, long step, DateTimeOffset time, BoardRun run)
    {
        var (tag, plugin) = ("", "");
        byte[] content = [];
        TensorContent? tensor = null;
        var reader = new ProtobufReader(value);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    tag = reader.Text;
                    break;
                case 2:
                    run.Add(tag, new ScalarPoint(step, time, reader.Number));
                    break;
                case 4:
                    run.Add(tag, Image(reader.Bytes, step, time));
                    break;
                case 5:
                    run.Add(tag, Histogram(reader.Bytes, step, time));
                    break;
                case 8:
                    tensor = TensorContent.Read(reader.Bytes);
                    break;
                case 9:
                    (plugin, content) = Plugin(reader.Bytes);
                    break;
            }
        }

        switch (plugin)
        {
            case "hparams":
                HParamReader.Read(content, run);
                break;
            case "text" when tensor?.Texts is [var text, ..]:
                run.Add(tag.EndsWith(TextSuffix, StringComparison.Ordinal) ? tag[..^TextSuffix.Length] : tag, new TextPoint(step, time, text));
                break;
            // TensorFlow's writers put scalars into tensors
            case "scalars" when tensor?.Numbers is [var number]:
                run.Add(tag, new ScalarPoint(step, time, number));
                break;
        }
    }

    private static (string Name, byte[] Content) Plugin(ReadOnlySpan<byte> metadata)
    {
        var (name, content) = ("", Array.Empty<byte>());
        var outer = new ProtobufReader(metadata);
        while (outer.Next())
        {
            if (outer.Field != 1)
                continue;
            var plugin = new ProtobufReader(outer.Bytes);
            while (plugin.Next())
            {
                if (plugin.Field == 1)
                    name = plugin.Text;
                else if (plugin.Field == 2)
                    content = plugin.Bytes.ToArray();
            }
        }
        return (name, content);
    }

    private static ImagePoint Image(ReadOnlySpan<byte> message, long step, DateTimeOffset time)
    {
        var (height, width, file) = (0, 0, Array.Empty<byte>());
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    height = (int)reader.Integer;
                    break;
                case 2:
                    width = (int)reader.Integer;
                    break;
                case 4:
                    file = reader.Bytes.ToArray();
                    break;
            }
        }
        return new ImagePoint(step, time, width, height, file);
    }

    private static HistogramPoint Histogram(ReadOnlySpan<byte> message, long step, DateTimeOffset time)
    {
        var (min, max) = (0.0, 0.0);
        List<double> limits = [], counts = [];
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    min = reader.Number;
                    break;
                case 2:
                    max = reader.Number;
                    break;
                case 6:
                    reader.AddDoublesTo(limits);
                    break;
                case 7:
                    reader.AddDoublesTo(counts);
                    break;
            }
        }
        if (limits.Count != counts.Count)
            throw new InvalidDataException($"A histogram has {limits.Count} limits and {counts.Count} counts.");
        return new HistogramPoint(step, time, min, max, limits, counts);
    }
}
