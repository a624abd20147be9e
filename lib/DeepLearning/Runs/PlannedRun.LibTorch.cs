using DeepLearning.Training.Callbacks;

namespace DeepLearning.Runs;

internal sealed partial class PlannedRun
{
    partial void AddCheckpoints(List<Callback> callbacks, SweepOptions options) =>
        callbacks.Add(new SaveCheckpoints(_folder.Path) { EverySteps = options.CheckpointEverySteps });
}
