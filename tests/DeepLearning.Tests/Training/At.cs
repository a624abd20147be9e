using DeepLearning.Training;
using DeepLearning.Training.Callbacks;

namespace DeepLearning.Tests.Training;

/// <summary>Runs an action after a given step.</summary>
internal sealed class At(long step, Action what) : Callback
{
    public override void AfterBatch(FitState fit)
    {
        if (fit.Step == step)
            what();
    }
}
