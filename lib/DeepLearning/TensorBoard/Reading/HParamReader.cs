using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace DeepLearning.TensorBoard;

/// <summary>Reads the messages of the hparams plugin: the metrics of the experiment, the settings of a run, and its status.</summary>
/// <remarks>
/// TorchSharp has no types for these messages. The numbers are the field numbers of tensorboard/plugins/hparams/plugin_data.proto and api.proto.
/// </remarks>
internal static class HParamReader
{
    private delegate void ReadField(CodedInputStream field);

    /// <summary>Reads the content of the plugin: an experiment, the start of a session, or the end of a session.</summary>
    public static void Read(ByteString content, BoardRun run) => ReadFields(content, new()
    {
        // experiment { repeated MetricInfo metric_infos = 5 { MetricName name = 1 { string tag = 2 } } }
        [Message(2)] = Nested(new()
        {
            [Message(5)] = Nested(new()
            {
                [Message(1)] = Nested(new() { [Message(2)] = field => run.AddMetric(field.ReadString()) }),
            }),
        }),
        // session_start_info { map<string, Value> hparams = 1 }
        [Message(3)] = Nested(new() { [Message(1)] = field => ReadSetting(field.ReadBytes(), run) }),
        // session_end_info { Status status = 1 }
        [Message(4)] = Nested(new()
        {
            [Number(1)] = field => run.Status = field.ReadInt32() switch { 1 => "success", 2 => "failure", 3 => "running", _ => null },
        }),
    });

    private static void ReadSetting(ByteString entry, BoardRun run)
    {
        var (name, value) = ("", new Value());
        ReadFields(entry, new()
        {
            [Message(1)] = field => name = field.ReadString(),
            [Message(2)] = field => value = Value.Parser.ParseFrom(field.ReadBytes()),
        });
        run.SetSetting(name, value.KindCase switch
        {
            Value.KindOneofCase.NumberValue => value.NumberValue,
            Value.KindOneofCase.BoolValue => value.BoolValue,
            _ => value.StringValue,
        });
    }

    /// <summary>Calls the reader of each field by its tag, and skips fields without a reader.</summary>
    private static void ReadFields(ByteString message, Dictionary<uint, ReadField> fields)
    {
        using var input = message.CreateCodedInput();
        while (input.ReadTag() is var tag and not 0)
        {
            if (fields.TryGetValue(tag, out var read))
                read(input);
            else
                input.SkipLastField();
        }
    }

    private static ReadField Nested(Dictionary<uint, ReadField> fields) => field => ReadFields(field.ReadBytes(), fields);

    private static uint Message(int field) => WireFormat.MakeTag(field, WireFormat.WireType.LengthDelimited);

    private static uint Number(int field) => WireFormat.MakeTag(field, WireFormat.WireType.Varint);
}
