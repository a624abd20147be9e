namespace DeepLearning.Training.Callbacks;

/// <summary>
/// What happens besides training: override the moments that matter. Callbacks run in the order of <see cref="Order"/>, and among equals as
/// they were listed.
/// </summary>
/// <remarks>
/// The moments of a training, in their order: BeforeFit; for each epoch BeforeEpoch, for each of its batches BeforeBatch, BeforeStep (where the
/// weights change) and AfterBatch, then BeforeValidation and AfterValidation (where there is a validation set; or between batches, with
/// <see cref="TrainerOptions.ValidateEverySteps"/>), AfterEpoch; and AfterFit. An epoch that is stopped in its midst has no AfterEpoch; AfterFit
/// comes always, before an error is thrown on.
/// </remarks>
public abstract class Callback
{
    /// <summary>Less comes earlier; 0 unless told.</summary>
    public virtual int Order => 0;

    /// <summary>
    /// Whether it acts in the first process alone, where several train together: right for what shows or writes, wrong for what changes
    /// training, which must go the same way in all.
    /// </summary>
    public virtual bool FirstProcessOnly => false;

    /// <summary>Everything is set up; nothing has been trained.</summary>
    public virtual void BeforeFit(FitState fit)
    {
    }

    /// <summary>An epoch starts, or goes on after an interruption.</summary>
    public virtual void BeforeEpoch(FitState fit)
    {
    }

    /// <summary>A batch has come; <see cref="FitState.Inputs"/> and <see cref="FitState.Targets"/> hold it.</summary>
    public virtual void BeforeBatch(FitState fit)
    {
    }

    /// <summary>The gradients are there, clipped; the weights are about to change. Not called for batches that only accumulate.</summary>
    public virtual void BeforeStep(FitState fit)
    {
    }

    /// <summary>A batch has been trained on.</summary>
    public virtual void AfterBatch(FitState fit)
    {
    }

    /// <summary>A validation starts.</summary>
    public virtual void BeforeValidation(FitState fit)
    {
    }

    /// <summary>A validation has ended: <see cref="FitState.Validation"/> holds it.</summary>
    public virtual void AfterValidation(FitState fit)
    {
    }

    /// <summary>An epoch has ended: it is the last of <see cref="History.Epochs"/>.</summary>
    public virtual void AfterEpoch(FitState fit)
    {
    }

    /// <summary>Training has ended: finished, stopped, cancelled, or by an error.</summary>
    public virtual void AfterFit(FitState fit)
    {
    }

    /// <summary>What must be remembered when training is interrupted and goes on: null, strings, long, double, bool, tensors, and lists and dictionaries of these.</summary>
    public virtual object? SaveState() => null;

    /// <summary>Takes back what <see cref="SaveState"/> gave, in another process perhaps.</summary>
    public virtual void LoadState(object? state)
    {
    }
}
