using DeepLearning.Training;

namespace DeepLearning.Runs;

/// <summary>The result of an ended run: the content of run.json.</summary>
internal sealed record RunRecord(
    RunState State, string? Error, string CodeVersion, IReadOnlyDictionary<string, object?> Settings, IReadOnlyList<EpochRecord> Epochs);
