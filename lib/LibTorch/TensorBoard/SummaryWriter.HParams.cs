using System.Globalization;
using TorchSharp.TensorBoard;

namespace TorchSharp.Modules;

public sealed partial class SummaryWriter
{
    /// <summary>The hyperparameters of a run and what came of them: one line in TensorBoard's table of runs.</summary>
    /// <param name="hparam_dict">Settings: strings, truth values and numbers.</param>
    /// <param name="metric_dict">Results. Their names should differ from the run's curves.</param>
    /// <param name="hparam_domain_discrete">For some settings, all the values that are tried.</param>
    /// <param name="run_name">The folder, within the writer's, that becomes the run; without one, the time.</param>
    /// <param name="global_step">The results' step.</param>
    /// <exception cref="ArgumentException">A setting is of another type.</exception>
    public void add_hparams(
        IDictionary<string, object> hparam_dict, IDictionary<string, float> metric_dict,
        IDictionary<string, IList<object>>? hparam_domain_discrete = null, string? run_name = null, int global_step = 0)
    {
        ArgumentNullException.ThrowIfNull(hparam_dict);
        ArgumentNullException.ThrowIfNull(metric_dict);
        var now = _time.GetUtcNow();
        run_name ??= (now - DateTimeOffset.UnixEpoch).TotalSeconds.ToString("F6", CultureInfo.InvariantCulture);
        var summaries = HParamSummaries.Of(hparam_dict, [.. metric_dict.Keys], hparam_domain_discrete, now);
        using var file = Open(Path.Combine(LogDir, run_name));
        foreach (var summary in summaries)
            file.Append(null, null, summary);
        foreach (var (name, value) in metric_dict)
            file.Append(global_step, null, Summaries.Scalar(name, value));
    }
}
