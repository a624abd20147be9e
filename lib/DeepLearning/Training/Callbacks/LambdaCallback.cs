namespace DeepLearning.Training.Callbacks;

/// <summary>
/// A callback that calls functions, as an alternative to a derived class: <c>new LambdaCallback(afterEpoch: fit =>
/// Console.WriteLine(fit.Validation))</c>.
/// </summary>
/// <remarks>Like Keras's LambdaCallback. The parameters are the events of <see cref="Callback"/>; null does nothing.</remarks>
/// <param name="beforeFit">Called before the first batch.</param>
/// <param name="beforeEpoch">Called when an epoch starts.</param>
/// <param name="beforeBatch">Called before a batch is trained on.</param>
/// <param name="beforeStep">Called before the weights change.</param>
/// <param name="afterStep">Called after the weights have changed.</param>
/// <param name="afterBatch">Called after a batch has been trained on.</param>
/// <param name="afterValidation">Called after validation.</param>
/// <param name="afterEpoch">Called after an epoch.</param>
/// <param name="afterFit">Called when training has ended without an error.</param>
/// <param name="tearDown">Called at the end, also after errors.</param>
/// <param name="beforeValidation">Called before validation.</param>
/// <param name="onException">Called with the exception when an error ends training.</param>
public sealed class LambdaCallback(
    Action<FitState>? beforeFit = null, Action<FitState>? beforeEpoch = null, Action<FitState>? beforeBatch = null,
    Action<FitState>? beforeStep = null, Action<FitState>? afterStep = null, Action<FitState>? afterBatch = null,
    Action<FitState>? afterValidation = null, Action<FitState>? afterEpoch = null, Action<FitState>? afterFit = null,
    Action<FitState>? tearDown = null, Action<FitState>? beforeValidation = null, Action<FitState, Exception>? onException = null) : Callback
{
    /// <inheritdoc/>
    public override void BeforeFit(FitState fit) => beforeFit?.Invoke(fit);

    /// <inheritdoc/>
    public override void BeforeEpoch(FitState fit) => beforeEpoch?.Invoke(fit);

    /// <inheritdoc/>
    public override void BeforeBatch(FitState fit) => beforeBatch?.Invoke(fit);

    /// <inheritdoc/>
    public override void BeforeStep(FitState fit) => beforeStep?.Invoke(fit);

    /// <inheritdoc/>
    public override void AfterStep(FitState fit) => afterStep?.Invoke(fit);

    /// <inheritdoc/>
    public override void AfterBatch(FitState fit) => afterBatch?.Invoke(fit);

    /// <inheritdoc/>
    public override void BeforeValidation(FitState fit) => beforeValidation?.Invoke(fit);

    /// <inheritdoc/>
    public override void AfterValidation(FitState fit) => afterValidation?.Invoke(fit);

    /// <inheritdoc/>
    public override void AfterEpoch(FitState fit) => afterEpoch?.Invoke(fit);

    /// <inheritdoc/>
    public override void AfterFit(FitState fit) => afterFit?.Invoke(fit);

    /// <inheritdoc/>
    public override void OnException(FitState fit, Exception exception) => onException?.Invoke(fit, exception);

    /// <inheritdoc/>
    public override void TearDown(FitState fit) => tearDown?.Invoke(fit);
}
