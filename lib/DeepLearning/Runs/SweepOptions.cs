namespace DeepLearning.Runs;

/// <summary>How <see cref="Sweep"/> goes through its runs.</summary>
public sealed record SweepOptions
{
    /// <summary>Where runs are kept, a folder each, and found again; TensorBoard reads it as it is.</summary>
    /// <value><c>runs</c> in the working directory.</value>
    public string Folder { get; init; } = "runs";

    /// <summary>
    /// Each combination of settings is trained once from each of these starts of the random stream, and the leaderboard shows the mean and
    /// the spread. A difference between settings that is smaller than the spread is no difference.
    /// </summary>
    /// <value>50 alone, the tutorial's.</value>
    public IReadOnlyList<long> Seeds { get; init; } = [50];

    /// <summary>
    /// What is trained, beside the settings: a run that was trained under another version is trained anew. Change it when you change the
    /// network or the data.
    /// </summary>
    /// <value>
    /// null: the build of the program that says how to train, which changes with its source. A notebook has no such thing, as every session
    /// compiles it anew; there null is one version.
    /// </value>
    public string? CodeVersion { get; init; }

    /// <summary>After how many batches a checkpoint is written, from which a run that was killed goes on; null after each epoch.</summary>
    /// <value>null.</value>
    public int? CheckpointEverySteps { get; init; }

    /// <summary>Whether runs that failed before are trained anew, from their beginning. Otherwise they stay as they are recorded.</summary>
    /// <value>false.</value>
    public bool RetryFailed { get; init; }

    /// <summary>
    /// The number of processes that train at once: this one, and copies of the program with the same arguments, each of which exits at the end
    /// of this sweep. For programs; a notebook is started several times instead, by hand or with <c>mpirun -np N ./nb run NOTEBOOK</c>: the
    /// processes share the runs, and all have the same results in the end.
    /// </summary>
    /// <value>1.</value>
    public int Processes { get; init; } = 1;

    /// <summary>
    /// Threads that a run computes with. Sums over more threads are added up in another order, so this number, unlike that of the
    /// processes, changes the last bits of a result.
    /// </summary>
    /// <value>1: the same bits on every machine, and cores are best used by as many processes.</value>
    public int Threads { get; init; } = 1;

    /// <summary>Receives a line when the sweep starts, and one at the end of each run.</summary>
    /// <value>The console.</value>
    public Action<string> Report { get; init; } = Console.WriteLine;

    /// <summary>Receives all results so far at the end of each run that this process trains: the moment to show a table anew.</summary>
    /// <value>null.</value>
    public Action<SweepResult>? RunEnded { get; init; }

    internal void Check()
    {
        ArgumentException.ThrowIfNullOrEmpty(Folder);
        ArgumentOutOfRangeException.ThrowIfZero(Seeds.Count, nameof(Seeds));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(CheckpointEverySteps ?? 1, nameof(CheckpointEverySteps));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Processes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Threads);
    }
}
