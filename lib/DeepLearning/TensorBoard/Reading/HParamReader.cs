namespace DeepLearning.TensorBoard;

/// <summary>Reads the messages of TensorBoard's table of runs: what is tried, what this run tries, and how it ended.</summary>
internal static class HParamReader
{
    public static void Read(ReadOnlySpan<byte> content, BoardRun run)
    {
        var reader = new ProtobufReader(content);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2:
                    ReadExperiment(reader.Bytes, run);
                    break;
                case 3:
                    ReadStart(reader.Bytes, run);
                    break;
                case 4:
                    ReadEnd(reader.Bytes, run);
                    break;
            }
        }
    }

    private static void ReadExperiment(ReadOnlySpan<byte> message, BoardRun run)
    {
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field != 5)
                continue;
            var info = new ProtobufReader(reader.Bytes);
            while (info.Next())
            {
                if (info.Field == 1 && Second(info.Bytes) is { } tag)
                    run.AddMetric(tag);
            }
        }
    }

    private static string? Second(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == 2)
                return reader.Text;
        }
        return null;
    }

    private static void ReadStart(ReadOnlySpan<byte> message, BoardRun run)
    {
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field != 1)
                continue;
            var (name, value) = ("", (object)"");
            var entry = new ProtobufReader(reader.Bytes);
            while (entry.Next())
            {
                if (entry.Field == 1)
                    name = entry.Text;
                else if (entry.Field == 2)
                    value = Value(entry.Bytes);
            }
            run.SetSetting(name, value);
        }
    }

    private static object Value(ReadOnlySpan<byte> message)
    {
        object value = "";
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            value = reader.Field switch
            {
                2 => reader.Number,
                3 => reader.Text,
                4 => reader.Integer != 0,
                _ => value,
            };
        }
        return value;
    }

    private static void ReadEnd(ReadOnlySpan<byte> message, BoardRun run)
    {
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1)
                run.Status = reader.Integer switch { 1 => "success", 2 => "failure", 3 => "running", _ => null };
        }
    }
}
