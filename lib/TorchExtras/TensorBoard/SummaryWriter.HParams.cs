using System.Globalization;

namespace TorchSharp.TensorBoard;

public sealed partial class SummaryWriter
{
    /// <summary>Adds the hyperparameters and results of a run: one row in TensorBoard's table of runs.</summary>
    /// <param name="hparam_dict">The settings: strings, bools and numbers.</param>
    /// <param name="metric_dict">The results. Their names should differ from the names of the run's curves.</param>
    /// <param name="hparam_domain_discrete">The values of settings in the whole experiment; may be given for some settings only.</param>
    /// <param name="run_name">
    /// The subfolder of the writer's folder for the run; null for the current time, "." for the writer's folder itself.
    /// </param>
    /// <param name="global_step">The step of the results.</param>
    /// <exception cref="ArgumentException">A setting has another type. Nothing is written.</exception>
    public void add_hparams(
        IDictionary<string, object> hparam_dict, IDictionary<string, float> metric_dict,
        IDictionary<string, IList<object>>? hparam_domain_discrete = null, string? run_name = null, int global_step = 0)
    {
        ArgumentNullException.ThrowIfNull(hparam_dict);
        ArgumentNullException.ThrowIfNull(metric_dict);
        var now = _time.GetUtcNow();
        run_name ??= (now - DateTimeOffset.UnixEpoch).TotalSeconds.ToString("F6", CultureInfo.InvariantCulture);
        var summaries = HParamSummaries.Of(hparam_dict, metric_dict.Keys, hparam_domain_discrete, now);
        using var file = Open(Path.Combine(LogDir, run_name));
        foreach (var summary in summaries)
            file.Append(summary);
        foreach (var (name, value) in metric_dict)
            file.Append(Summaries.Scalar(name, value), global_step);
    }
}
