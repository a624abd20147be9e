using DeepLearning.Training;

namespace DeepLearning.Runs;

/// <summary>The options of <see cref="Sweep"/>.</summary>
public sealed record SweepOptions
{
    /// <summary>Gets the folder of the runs, in which each has a folder of its own. TensorBoard reads it as it is.</summary>
    /// <value><c>runs</c> in the working directory.</value>
    public string Folder { get; init; } = "runs";

    /// <summary>
    /// Gets the seeds of the random numbers. Each combination of settings is trained once with each of them, and the leaderboard shows mean and
    /// standard deviation: a difference between settings that is smaller than the deviation is no difference.
    /// </summary>
    /// <value>50 alone, as in the tutorial.</value>
    public IReadOnlyList<long> Seeds { get; init; } = [50];

    /// <summary>
    /// Gets the version of what is trained, beside the settings: a run that was trained with another version is trained again. Change it when you
    /// change the model or the data.
    /// </summary>
    /// <value>
    /// null: the build of the assembly of the setup function, which changes with its source. A notebook compiles its cells again in each session;
    /// there null is always the same version.
    /// </value>
    public string? CodeVersion { get; init; }

    /// <summary>
    /// Gets the score that decides which weights of a run, and which run, are the best: on the validation set where there is one.
    /// </summary>
    /// <value>null: the accuracy, or the loss where accuracy is not measured.</value>
    public Objective? Objective { get; init; }

    /// <summary>Gets when runs that are worse than the others are stopped early; null trains all runs to their end.</summary>
    /// <value>null.</value>
    public MedianPruning? Pruning { get; init; }

    /// <summary>Gets after how many batches a checkpoint is written, from which a killed run continues; null writes one after each epoch.</summary>
    /// <value>null.</value>
    public int? CheckpointEverySteps { get; init; }

    /// <summary>Gets whether runs that failed in an earlier sweep are trained again from their beginning.</summary>
    /// <value>false: they stay as they are recorded.</value>
    public bool RetryFailed { get; init; }

    /// <summary>
    /// Gets the number of threads that a run computes with. Sums over several threads are added in another order, so this number changes the last
    /// bits of a result; the number of processes does not.
    /// </summary>
    /// <value>1: the same bits on every machine. Use further cores by further processes: see <see cref="SweepWorkers"/>.</value>
    public int Threads { get; init; } = 1;

    /// <summary>Gets the action that receives a line when the sweep starts, and one at the end of each run.</summary>
    /// <value>Writes to the console.</value>
    public Action<string> Report { get; init; } = Console.WriteLine;

    /// <summary>Gets the action that receives all results so far at the end of each run that this process trains: the moment to show a table again.</summary>
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
