namespace DeepLearning.Training.Callbacks;

/// <summary>
/// The base class of code that runs during training. Override the methods of the events that you need. The trainer calls callbacks in the order of
/// <see cref="Order"/>, and callbacks of the same order in the order of the list.
/// </summary>
/// <remarks>
/// The order of the events: BeforeFit; in each epoch BeforeEpoch, then for each batch BeforeBatch, BeforeStep and AfterStep (if the weights change)
/// and AfterBatch, then BeforeValidation and AfterValidation (if there is validation data; between batches with
/// <see cref="TrainerOptions.ValidateEverySteps"/>), then AfterEpoch; finally AfterFit. An epoch that is stopped before its last batch has no
/// AfterEpoch. After an error, OnException is called instead of AfterFit. TearDown is always called last, for every callback.
/// </remarks>
public abstract class Callback
{
    /// <summary>Gets the position among the callbacks; lower values run earlier.</summary>
    /// <value>0.</value>
    public virtual int Order => 0;

    /// <summary>
    /// Gets a value that indicates whether the callback runs only in the first process of distributed training. Use true for output and files. Use
    /// false for changes to training, which must be the same in all processes.
    /// </summary>
    /// <value>false.</value>
    public virtual bool FirstProcessOnly => false;

    /// <summary>Called after training is set up, before the first batch.</summary>
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

    /// <summary>
    /// Called before the weights change; the gradients are complete and clipped. Not called for batches that only accumulate gradients.
    /// </summary>
    /// <param name="fit">The training.</param>
    public virtual void BeforeStep(FitState fit)
    {
    }

    /// <summary>
    /// Called after the weights have changed. The gradients are already cleared, and <see cref="FitState.Step"/> does not include the batch yet.
    /// </summary>
    /// <param name="fit">The training.</param>
    public virtual void AfterStep(FitState fit)
    {
    }

    /// <summary>Called after a batch has been trained on.</summary>
    /// <param name="fit">The training.</param>
    public virtual void AfterBatch(FitState fit)
    {
    }

    /// <summary>Called before validation.</summary>
    /// <param name="fit">The training.</param>
    public virtual void BeforeValidation(FitState fit)
    {
    }

    /// <summary>Called after validation; <see cref="FitState.Validation"/> has its scores. Not called after canceled validation.</summary>
    /// <param name="fit">The training.</param>
    public virtual void AfterValidation(FitState fit)
    {
    }

    /// <summary>Called after an epoch; its record is the last of <see cref="History.Epochs"/>.</summary>
    /// <param name="fit">The training.</param>
    public virtual void AfterEpoch(FitState fit)
    {
    }

    /// <summary>Called when training has ended without an error: after the last epoch, a stop or a cancellation.</summary>
    /// <param name="fit">The training.</param>
    public virtual void AfterFit(FitState fit)
    {
    }

    /// <summary>
    /// Called in every callback when an error ends training. The caller of the trainer gets that error; exceptions of this method are ignored.
    /// </summary>
    /// <param name="fit">The training.</param>
    /// <param name="exception">The exception that ended training.</param>
    public virtual void OnException(FitState fit, Exception exception)
    {
    }

    /// <summary>
    /// Called at the end in every callback, after success and after errors, even if other callbacks throw: close files and free memory here. The
    /// method may be called without BeforeFit if an earlier callback failed there.
    /// </summary>
    /// <param name="fit">The training.</param>
    public virtual void TearDown(FitState fit)
    {
    }

    /// <summary>Called after training and the state of every callback were restored from a checkpoint.</summary>
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
