using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace DeepLearning.Training;

/// <summary>
/// Converts an <see cref="EpochRecord"/> to and from JSON; all files use this representation. A value that is not finite is the string "NaN",
/// "Infinity" or "-Infinity", because JSON has no number for it. Values round-trip bit for bit.
/// </summary>
internal sealed class EpochRecordJson : JsonConverter<EpochRecord>
{
    private static readonly JsonSerializerOptions _numbers = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Returns the record as an object.</summary>
    /// <param name="record">The record.</param>
    /// <param name="stepLosses">Whether the losses of the steps are included.</param>
    public static JsonObject Of(EpochRecord record, bool stepLosses = true)
    {
        var json = new JsonObject
        {
            ["epoch"] = record.Epoch,
            ["step"] = record.Step,
            ["training"] = Of(record.Training),
            ["validation"] = record.Validation is null ? null : Of(record.Validation),
            ["learning_rate"] = Of(record.LearningRate),
            ["seconds"] = record.Duration.TotalSeconds,
        };
        if (stepLosses)
            json["step_losses"] = new JsonArray([.. record.StepLosses.Select(Of)]);
        return json;
    }

    public static JsonObject Of(Scores scores) => new(scores.Names.Select(name => KeyValuePair.Create(name, Of(scores[name]))));

    /// <exception cref="JsonException">The content is not a record.</exception>
    public static EpochRecord RecordOf(JsonNode? content) => Checked(() => new EpochRecord(
        (int)content!["epoch"]!, (long)content["step"]!, ScoresOf(content["training"]),
        content["validation"] is { } validation ? ScoresOf(validation) : null, Number(content["learning_rate"]),
        TimeSpan.FromTicks((long)Math.Round((double)content["seconds"]! * TimeSpan.TicksPerSecond)))
    {
        StepLosses = content["step_losses"] is JsonArray losses ? [.. losses.Select(Number)] : [],
    });

    /// <exception cref="JsonException">The content is not an object with scores.</exception>
    public static Scores ScoresOf(JsonNode? content) => Checked(() =>
    {
        var values = content!.AsObject().ToDictionary(entry => entry.Key, entry => Number(entry.Value));
        return values.Remove(Scores.LossName, out var loss) ? new Scores(loss, values) : throw new JsonException("There is no loss.");
    });

    public override EpochRecord Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => RecordOf(JsonNode.Parse(ref reader));

    public override void Write(Utf8JsonWriter writer, EpochRecord value, JsonSerializerOptions options) => Of(value).WriteTo(writer);

    private static JsonNode? Of(double value) => JsonSerializer.SerializeToNode(value, _numbers);

    private static double Number(JsonNode? content) => content!.Deserialize<double>(_numbers);

    private static T Checked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is NullReferenceException or ArgumentNullException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new JsonException($"The record of an epoch is damaged: {error.Message}", error);
        }
    }
}
