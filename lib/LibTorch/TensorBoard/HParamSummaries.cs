namespace TorchSharp.TensorBoard;

/// <summary>The three messages of TensorBoard's table of runs: what is tried, what this run tries, and that it ended well.</summary>
internal static class HParamSummaries
{
    private const string Plugin = "hparams";
    private const int Success = 1;

    public static Action<ProtobufWriter>[] Of(
        IDictionary<string, object> settings, string[] metrics, IDictionary<string, IList<object>>? domains, DateTimeOffset now)
    {
        var seconds = (now - DateTimeOffset.UnixEpoch).TotalSeconds;
        // a wrong setting is found before anything is written
        var values = settings.ToDictionary(setting => setting.Key, setting => Value(setting.Key, setting.Value));
        var discrete = (domains ?? new Dictionary<string, IList<object>>()).ToDictionary(
            domain => domain.Key,
            domain => domain.Value.Select(value => Value(domain.Key, value)).ToList());
        return
        [
            Data("_hparams_/experiment", 2, experiment =>
            {
                foreach (var (name, (type, _)) in values)
                {
                    experiment.Message(4, info =>
                    {
                        info.Text(1, name).Integer(4, type);
                        if (discrete.TryGetValue(name, out var domain))
                            info.Message(5, list => domain.ForEach(value => list.Message(1, value.Write)));
                    });
                }
                foreach (var metric in metrics)
                    experiment.Message(5, info => info.Message(1, name => name.Text(2, metric)));
            }),
            Data("_hparams_/session_start_info", 3, session =>
            {
                foreach (var (name, (_, write)) in values)
                    session.Message(1, entry => entry.Text(1, name).Message(2, write));
                session.Double(5, seconds);
            }),
            Data("_hparams_/session_end_info", 4, session => session.Integer(1, Success).Double(2, seconds)),
        ];
    }

    private static Action<ProtobufWriter> Data(string tag, int field, Action<ProtobufWriter> content) =>
        Summaries.PluginData(tag, Plugin, data => data.Message(field, content));

    private static (int Type, Action<ProtobufWriter> Write) Value(string name, object value) => value switch
    {
        string text => (1, message => message.Text(3, text)),
        bool truth => (2, message => message.Integer(4, truth ? 1 : 0)),
        byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal =>
            (3, message => message.Double(2, Convert.ToDouble(value))),
        _ => throw new ArgumentException($"The hyperparameter {name} is a {value?.GetType().Name ?? "null"}: give a string, bool or number."),
    };
}
