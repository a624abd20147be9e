using System.Globalization;
using DeepLearning.Charts;
using DeepLearning.Data;
using DeepLearning.Training.Callbacks;
using TorchSharp;
using TorchSharp.Extras.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>Finds a learning rate by training with increasing rates until the loss diverges.</summary>
/// <remarks>
/// Smith, 2017, <see href="https://arxiv.org/abs/1506.01186">Cyclical learning rates for training neural networks</see>; Lightning's lr_find, fastai's
/// lr_find.
/// </remarks>
public static class LearningRateFinder
{
    /// <summary>
    /// Measures the loss at increasing learning rates. Afterwards, the method restores weights, buffers, modes and the random state.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="train">The training data; epochs are repeated as needed.</param>
    /// <param name="options">The options; epochs, scheduler, validation, metrics and callbacks are ignored.</param>
    /// <param name="lowest">The first learning rate.</param>
    /// <param name="highest">The last learning rate.</param>
    /// <param name="steps">The number of steps; the rates are equally spaced on a logarithmic scale.</param>
    /// <param name="cancellation">A token that cancels the search after the current batch.</param>
    /// <exception cref="OperationCanceledException">The search was canceled.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lowest"/> is not positive, <paramref name="highest"/> is not greater, or <paramref name="steps"/> is less than 3.</exception>
    public static LearningRateRange Find(
        nn.Module<Tensor, Tensor> model, IBatches train, TrainerOptions? options = null, double lowest = 1e-7, double highest = 1, int steps = 100,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lowest);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(highest, lowest);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 3);
        var ramp = new Ramp(lowest, highest, steps);
        using var scope = NewDisposeScope();
        using var modes = ModuleModes.Of(model);
        var state = model.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone());
        var random = torch.random.get_rng_state();
        try
        {
            Trainer.Fit(model, train, validation: null, (options ?? new TrainerOptions()) with
            {
                Epochs = steps,
                Scheduler = null,
                SchedulerInterval = SchedulerInterval.Epoch,
                SchedulerMonitor = Scores.LossName,
                ValidateEverySteps = null,
                AccumulateGradientBatches = 1,
                Metrics = [],
                Callbacks = [ramp],
                LossesPerRead = 1,
            }, cancellation);
        }
        catch (TrainingDivergedException)
        {
            // the rate is too high: the result has the losses before it
        }
        finally
        {
            using (no_grad())
                model.load_state_dict(state);
            torch.random.set_rng_state(random);
        }
        cancellation.ThrowIfCancellationRequested();
        return ramp.Result();
    }

    private sealed class Ramp(double lowest, double highest, int steps) : Callback
    {
        // the smoothing factor and the limit of the loss, as in Lightning
        private const double Smoothing = 0.98, Explosion = 4;

        private readonly List<double> _rates = [];
        private readonly List<double> _losses = [];
        private double _mean;

        public override void BeforeStep(FitState fit)
        {
            var rate = lowest * Math.Pow(highest / lowest, (double)fit.Step / (steps - 1));
            foreach (var group in fit.Optimizer.ParamGroups)
                group.LearningRate = rate;
        }

        public override void AfterBatch(FitState fit)
        {
            var count = _losses.Count + 1;
            _mean = (Smoothing * _mean) + ((1 - Smoothing) * fit.History.StepLosses[^1]);
            var smoothed = _mean / (1 - Math.Pow(Smoothing, count));
            _rates.Add(fit.LearningRate);
            _losses.Add(smoothed);
            if (count == steps || (count > 1 && smoothed > Explosion * _losses.Min()))
                fit.Stop("the search has ended");
        }

        public LearningRateRange Result() => new(_rates, _losses);
    }
}

/// <summary>The losses at increasing learning rates.</summary>
/// <param name="Rates">The learning rates.</param>
/// <param name="Losses">The smoothed loss after the step with each rate.</param>
public sealed record LearningRateRange(IReadOnlyList<double> Rates, IReadOnlyList<double> Losses)
{
    // as in Lightning: the first losses are noisy, and the last loss may have diverged
    private const int SkippedAtStart = 10, SkippedAtEnd = 1;

    /// <summary>Gets the rate at which the loss decreases fastest; null if there are fewer than 13 rates, or if the loss does not decrease.</summary>
    public double? Suggestion
    {
        get
        {
            var (best, steepest) = ((double?)null, 0.0);
            for (var i = SkippedAtStart; i < Losses.Count - SkippedAtEnd - 1; i++)
            {
                var slope = (Losses[i + 1] - Losses[Math.Max(i - 1, SkippedAtStart)]) / (i > SkippedAtStart ? 2 : 1);
                if (slope < steepest)
                    (best, steepest) = (Rates[i], slope);
            }
            return best;
        }
    }

    /// <inheritdoc/>
    public bool Equals(LearningRateRange? other) => other is not null && Rates.SequenceEqual(other.Rates) && Losses.SequenceEqual(other.Losses);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rates.Count, Losses.Aggregate(0, HashCode.Combine));

    /// <inheritdoc/>
    public override string ToString() =>
        (Rates.Count == 0 ? "no learning rates; " : string.Create(CultureInfo.InvariantCulture, $"{Rates.Count} learning rates from {Rates[0]:g3} to {Rates[^1]:g3}; "))
        + (Suggestion is { } rate ? string.Create(CultureInfo.InvariantCulture, $"suggestion {rate:g3}") : "no suggestion");

    /// <summary>Returns a chart of the loss against the learning rate on a logarithmic scale.</summary>
    public Figure Curve() => Chart.Line(
        Suggestion is { } rate ? string.Create(CultureInfo.InvariantCulture, $"Suggestion: {rate:g2}") : "No suggestion",
        new Axis("learning rate") { IsLogarithmic = true }, new Axis("loss, smoothed"), new Scatter("loss", Rates, Losses));
}
