using DeepLearning.Training;

namespace DeepLearning.Runs;

/// <summary>The options of <see cref="Sweep"/>.</summary>
public sealed record SweepOptions
{
    /// <summary>Gets the folder of the runs, with a subfolder for each run. TensorBoard can read it directly.</summary>
    /// <value><c>runs</c> in the working directory.</value>
    public string Folder { get; init; } = "runs";

    /// <summary>
    /// Gets the seeds of the random numbers. Each combination of settings is trained once with each seed, and the leaderboard shows means and
    /// standard deviations: a difference between settings that is smaller than the deviation is not significant.
    /// </summary>
    /// <value>Only 50, as in the tutorial.</value>
    public IReadOnlyList<long> Seeds { get; init; } = [50];

    /// <summary>
    /// Gets the version of the trained code and data: runs that were trained with another version are trained again. Change it when you change the
    /// model or the data.
    /// </summary>
    /// <value>
    /// null: the build of the assembly with the setup function, which changes with its source. A notebook compiles its cells again in each session,
    /// so null is always the same version there.
    /// </value>
    public string? CodeVersion { get; init; }

    /// <summary>
    /// Gets the score that determines the best weights of a run and the best run: the validation score if there is one.
    /// </summary>
    /// <value>null: the accuracy, or the loss if accuracy is not measured.</value>
    public Objective? Objective { get; init; }

    /// <summary>Gets the rule that stops runs early that are worse than others; null trains all runs to their end.</summary>
    /// <value>null.</value>
    public MedianPruning? Pruning { get; init; }

    /// <summary>
    /// Gets the number of batches between checkpoints, from which a killed run continues; null writes a checkpoint after each epoch.
    /// </summary>
    /// <value>null.</value>
    public int? CheckpointEverySteps { get; init; }

    /// <summary>Gets a value that indicates whether runs that failed in an earlier sweep are trained again from the start.</summary>
    /// <value>false: failed runs keep their records.</value>
    public bool RetryFailed { get; init; }

    /// <summary>
    /// Gets the number of threads of a run. Sums over several threads are added in another order, so this number changes the last bits of results;
    /// the number of processes does not.
    /// </summary>
    /// <value>1: bit-equal results on every machine. Use more processes for more cores: see <see cref="SweepWorkers"/>.</value>
    public int Threads { get; init; } = 1;

    /// <summary>Gets the action that receives a line at the start of the sweep and at the end of each run.</summary>
    /// <value>Writes to the console.</value>
    public Action<string> Report { get; init; } = Console.WriteLine;

    /// <summary>
    /// Gets the action that receives the results so far at the end of each run of this process, for example to update a displayed table.
    /// </summary>
    /// <value>null.</value>
    public Action<SweepResult>? RunEnded { get; init; }

    internal void Check()
    {
        ArgumentException.ThrowIfNullOrEmpty(Folder);
        ArgumentOutOfRangeException.ThrowIfZero(Seeds.Count, nameof(Seeds));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(CheckpointEverySteps ?? 1, nameof(CheckpointEverySteps));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Threads);
        Pruning?.Check();
    }
}
