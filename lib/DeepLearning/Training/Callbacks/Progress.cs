using System.Globalization;

namespace DeepLearning.Training.Callbacks;

/// <summary>
/// Shows the progress of training in one line, which is updated at most four times a second. If the output of the console is redirected, for example
/// to a file, a line is written after each epoch instead.
/// </summary>
public sealed class Progress : Callback
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);

    private readonly Func<object, Action<object>>? _show;
    private readonly TextWriter? _console;
    private readonly bool _isRedirected;
    private Action<object>? _update;
    private int _width;
    private long _shown;
    private long _started;
    private long _firstStep;

    /// <summary>Initializes a new instance that shows the line on the console.</summary>
    public Progress()
        : this(console: null, Console.IsOutputRedirected)
    {
    }

    /// <summary>Initializes a new instance with a display function.</summary>
    /// <param name="show">Shows a text and returns an action that replaces it; in a notebook <c>text => display(text).Update</c>.</param>
    public Progress(Func<object, Action<object>> show) => _show = show;

    internal Progress(TextWriter? console, bool isRedirected) => (_console, _isRedirected) = (console, isRedirected);

    /// <inheritdoc/>
    public override int Order => 100;

    /// <inheritdoc/>
    public override bool FirstProcessOnly => true;

    /// <inheritdoc/>
    public override void BeforeFit(FitState fit)
    {
        (_started, _firstStep, _width, _update) = (fit.Options.Time.GetTimestamp(), fit.Step, 0, null);
        if (!_isRedirected)
            Show(fit);
    }

    /// <inheritdoc/>
    public override void AfterBatch(FitState fit)
    {
        if (!_isRedirected && fit.Options.Time.GetElapsedTime(_shown) >= _pause)
            Show(fit);
    }

    /// <inheritdoc/>
    public override void AfterEpoch(FitState fit)
    {
        if (_isRedirected)
            Output.WriteLine(Line(fit));
    }

    /// <inheritdoc/>
    public override void AfterFit(FitState fit)
    {
        if (!_isRedirected)
            Show(fit);
    }

    /// <inheritdoc/>
    public override void TearDown(FitState fit)
    {
        if (_show is null && !_isRedirected)
            Output.WriteLine();
    }

    private TextWriter Output => _console ?? Console.Out;

    private void Show(FitState fit)
    {
        _shown = fit.Options.Time.GetTimestamp();
        var line = Line(fit);
        if (_show is null)
        {
            Output.Write("\r" + line.PadRight(_width));
            _width = line.Length;
        }
        else if (_update is null)
        {
            _update = _show(line);
        }
        else
        {
            _update(line);
        }
    }

    private string Line(FitState fit)
    {
        var total = (long)fit.BatchesPerEpoch * fit.Options.Epochs;
        var elapsed = fit.Options.Time.GetElapsedTime(_started);
        var steps = fit.Step - _firstStep;
        var left = steps > 0 && fit.StopReason is null ? elapsed / steps * (total - fit.Step) : TimeSpan.Zero;
        var scores = fit.ScoresSoFar() ?? (fit.History.Epochs is [.., var last] ? last.Training : null);
        var epoch = Math.Min(fit.EpochsDone + 1, fit.Options.Epochs);
        return string.Create(CultureInfo.InvariantCulture, $"epoch {epoch}/{fit.Options.Epochs} · step {fit.Step}/{total} · {Text(elapsed)}")
            + (left > TimeSpan.Zero ? $", {Text(left)} to go" : "")
            + (scores is null ? "" : $" · {scores}")
            + (fit.Validation is null ? "" : $" · validation {fit.Validation}");
    }

    /// <summary>Returns minutes and seconds, "1:05", or hours, minutes and seconds, "1:01:05"; days are counted as hours.</summary>
    private static string Text(TimeSpan time) => time.TotalHours < 1
        ? time.ToString("m\\:ss", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time:mm\\:ss}");
}
