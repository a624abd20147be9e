namespace DeepLearning.Training.Callbacks;

/// <summary>
/// Code that runs during a training: override the methods of the moments that matter. Callbacks are called in the order of <see cref="Order"/>, and
/// those of the same order as they are listed.
/// </summary>
/// <remarks>
/// The moments of a training, in their order: BeforeFit; for each epoch BeforeEpoch, for each of its batches BeforeBatch, BeforeStep and AfterStep (where
/// the weights change) and AfterBatch, then BeforeValidation and AfterValidation (if there is validation data; or between batches, with
/// <see cref="TrainerOptions.ValidateEverySteps"/>) and AfterEpoch; and AfterFit. An epoch that is stopped before its last batch has no AfterEpoch. After
/// an error, OnException is called instead of AfterFit. TearDown is always the last, for every callback.
/// </remarks>
public abstract class Callback
{
    /// <summary>Gets the position among the callbacks; lower is earlier.</summary>
    /// <value>0.</value>
    public virtual int Order => 0;

    /// <summary>
    /// Gets whether the callback is called in the first process only, if several train together: right for showing and writing, wrong for
    /// changing the training, which must be the same in all processes.
    /// </summary>
    /// <value>false.</value>
    public virtual bool FirstProcessOnly => false;

    /// <summary>Called when the training is set up, before anything is trained.</summary>
    /// <param name="fit">The training.</param>
    public virtual void BeforeFit(FitState fit)
    {
    }

    /// <summary>Called when an epoch starts, or continues after an interruption.</summary>
    /// <param name="fit">The training.</param>
    public virtual void BeforeEpoch(FitState fit)
    {
    }

    /// <summary>Called before a batch is trained on; <see cref="FitState.Inputs"/> and <see cref="FitState.Targets"/> are the batch.</summary>
    /// <param name="fit">The training.</param>
    public virtual void BeforeBatch(FitState fit)
    {
    }

    /// <summary>Called before the weights change; the gradients are complete and clipped. Not called for batches whose gradients are only accumulated.</summary>
    /// <param name="fit">The training.</param>
    public virtual void BeforeStep(FitState fit)
    {
    }

    /// <summary>Called after the weights have changed. The gradients are gone, and the batch does not count yet.</summary>
    /// <param name="fit">The training.</param>
    public virtual void AfterStep(FitState fit)
    {
    }

    /// <summary>Called after a batch has been trained on.</summary>
    /// <param name="fit">The training.</param>
    public virtual void AfterBatch(FitState fit)
    {
    }

    /// <summary>Called before a validation.</summary>
    /// <param name="fit">The training.</param>
    public virtual void BeforeValidation(FitState fit)
    {
    }

    /// <summary>Called after a validation; <see cref="FitState.Validation"/> has its scores. Not called after one that was cancelled.</summary>
    /// <param name="fit">The training.</param>
    public virtual void AfterValidation(FitState fit)
    {
    }

    /// <summary>Called after an epoch; its record is the last of <see cref="History.Epochs"/>.</summary>
    /// <param name="fit">The training.</param>
    public virtual void AfterEpoch(FitState fit)
    {
    }

    /// <summary>Called when the training has ended without an error: after the last epoch, a stop or a cancellation.</summary>
    /// <param name="fit">The training.</param>
    public virtual void AfterFit(FitState fit)
    {
    }

    /// <summary>
    /// Called when an error ends the training, in every callback. The caller of the trainer gets that error; an error that this method throws is dropped.
    /// </summary>
    /// <param name="fit">The training.</param>
    /// <param name="exception">The error.</param>
    public virtual void OnException(FitState fit, Exception exception)
    {
    }

    /// <summary>
    /// Called at the very end, after success and after errors, in every callback, whatever the others throw: close files and free memory here. It may
    /// be called without BeforeFit, if an earlier callback failed there.
    /// </summary>
    /// <param name="fit">The training.</param>
    public virtual void TearDown(FitState fit)
    {
    }

    /// <summary>Called after a training has been restored from a checkpoint, and with it the state of every callback.</summary>
    /// <param name="fit">The training.</param>
    public virtual void OnResume(FitState fit)
    {
    }

    /// <summary>Returns the state that a checkpoint keeps: null, strings, long, double, bool, tensors, and lists and dictionaries of these.</summary>
    public virtual object? SaveState() => null;

    /// <summary>Restores what <see cref="SaveState"/> returned, possibly in another process.</summary>
    /// <param name="state">The state.</param>
    public virtual void LoadState(object? state)
    {
    }
}
