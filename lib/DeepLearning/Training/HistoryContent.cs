using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>Converts a history to and from the content of a checkpoint: the records as JSON text, and the step losses as one tensor.</summary>
internal static class HistoryContent
{
    public static Dictionary<string, object?> Of(History history) => new()
    {
        ["epochs"] = new JsonArray([.. history.Epochs.Select(epoch => EpochRecordJson.Of(epoch, stepLosses: false))]).ToJsonString(),
        ["validations"] = new JsonArray([.. history.Validations.Select(validation => new JsonObject
        {
            ["step"] = validation.Step,
            ["scores"] = EpochRecordJson.Of(validation.Scores),
        })]).ToJsonString(),
        ["step_losses"] = tensor(history.StepLosses.ToArray()),
    };

    public static void Restore(History history, object? content)
    {
        var saved = (Dictionary<object, object?>)content!;
        var losses = ((Tensor)saved["step_losses"]!).data<double>().ToArray();
        history.Restore(
            Items(saved["epochs"]).Select(EpochRecordJson.RecordOf),
            Items(saved["validations"]).Select(item => new ValidationRecord((long)item!["step"]!, EpochRecordJson.ScoresOf(item["scores"]))),
            losses);
    }

    private static JsonArray Items(object? text) => JsonNode.Parse((string)text!)!.AsArray();
}
