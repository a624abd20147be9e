using DeepLearning.Training;
using DeepLearning.Training.Callbacks;

namespace DeepLearning.Runs;

internal sealed partial class PlannedRun
{
    partial void AddCheckpoints(List<Callback> callbacks, SweepOptions options) =>
        callbacks.Add(new SaveCheckpoints(_folder.Path) { EverySteps = options.CheckpointEverySteps });

    partial void WriteSettings(History history)
    {
        if (history.Epochs is [.., var last])
            RunLog.WriteSettings(_folder.Path, settings, last.Training, last.Validation);
    }
}
