using System.Globalization;
using Google.Protobuf;
using Tensorboard;
using WellKnownTypes = Google.Protobuf.WellKnownTypes;

namespace TorchSharp.TensorBoard;

/// <summary>
/// Builds the three summaries of TensorBoard's hparams plugin: the experiment (its settings and metrics), the start of a session (the settings of
/// this run) and the end of the session.
/// </summary>
/// <remarks>
/// TorchSharp has no types for the messages of the plugin, so this class encodes them field by field. The numbers are those of
/// tensorboard/plugins/hparams/plugin_data.proto and api.proto.
/// </remarks>
internal static class HParamSummaries
{
    private const string Plugin = "hparams";

    // HParamsPluginData: one of these fields
    private const int Experiment = 2;
    private const int SessionStart = 3;
    private const int SessionEnd = 4;

    // DataType of api.proto
    private const int StringType = 1;
    private const int BoolType = 2;
    private const int NumberType = 3;

    // Status of api.proto
    private const int Success = 1;

    public static Summary[] Of(
        IDictionary<string, object> settings, IEnumerable<string> metrics, IDictionary<string, IList<object>>? domains, DateTimeOffset now)
    {
        var seconds = (now - DateTimeOffset.UnixEpoch).TotalSeconds;
        var values = settings.Select(setting => new Setting(setting.Key, Value(setting.Key, setting.Value))).ToList();
        var discrete = (domains ?? new Dictionary<string, IList<object>>()).ToDictionary(
            domain => domain.Key,
            // google.protobuf.ListValue { repeated Value values = 1 }
            domain => Message(list => domain.Value.ToList().ForEach(value => Put(list, 1, Value(domain.Key, value).Content))));
        return
        [
            Data("_hparams_/experiment", Experiment, experiment =>
            {
                // HParamInfo { name = 1; type = 4; domain_discrete = 5 }
                foreach (var (name, value) in values)
                {
                    Put(experiment, 4, Message(info =>
                    {
                        Put(info, 1, name);
                        Put(info, 4, value.Type);
                        if (discrete.TryGetValue(name, out var domain))
                            Put(info, 5, domain);
                    }));
                }
                // MetricInfo { name = 1 } with MetricName { tag = 2 }
                foreach (var metric in metrics)
                    Put(experiment, 5, Message(info => Put(info, 1, Message(name => Put(name, 2, metric)))));
            }),
            Data("_hparams_/session_start_info", SessionStart, session =>
            {
                // map<string, google.protobuf.Value> hparams = 1: an entry is { key = 1; value = 2 }; start_time_secs = 5
                foreach (var (name, value) in values)
                {
                    Put(session, 1, Message(entry =>
                    {
                        Put(entry, 1, name);
                        Put(entry, 2, value.Content);
                    }));
                }
                Put(session, 5, seconds);
            }),
            Data("_hparams_/session_end_info", SessionEnd, session =>
            {
                // status = 1; end_time_secs = 2
                Put(session, 1, Success);
                Put(session, 2, seconds);
            }),
        ];
    }

    private static Summary Data(string tag, int field, Action<CodedOutputStream> content) =>
        Summaries.PluginData(tag, Plugin, Message(data => Put(data, field, Message(content))));

    private static (int Type, ByteString Content) Value(string name, object value) => value switch
    {
        string text => (StringType, WellKnownTypes.Value.ForString(text).ToByteString()),
        bool truth => (BoolType, WellKnownTypes.Value.ForBool(truth).ToByteString()),
        byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal =>
            (NumberType, WellKnownTypes.Value.ForNumber(Convert.ToDouble(value, CultureInfo.InvariantCulture)).ToByteString()),
        _ => throw new ArgumentException($"The hyperparameter '{name}' is {(value is null ? "null" : $"a {value.GetType().Name}")}: pass a string, bool or number."),
    };

    private static ByteString Message(Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
            write(output);
        return ByteString.CopyFrom(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private static void Put(CodedOutputStream output, int field, ByteString value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(value);
    }

    private static void Put(CodedOutputStream output, int field, string value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    }

    private static void Put(CodedOutputStream output, int field, int value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt32(value);
    }

    private static void Put(CodedOutputStream output, int field, double value)
    {
        output.WriteTag(field, WireFormat.WireType.Fixed64);
        output.WriteDouble(value);
    }

    private sealed record Setting(string Name, (int Type, ByteString Content) Value);
}
