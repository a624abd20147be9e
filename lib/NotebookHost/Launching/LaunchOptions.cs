namespace NotebookHost.Launching;

/// <summary>What is to be started, and where among all processes.</summary>
/// <param name="File">A notebook, a C# file, a .dll or an executable.</param>
/// <param name="Arguments">What each process gets.</param>
/// <param name="Processes">How many run on this host.</param>
internal sealed record LaunchOptions(string File, IReadOnlyList<string> Arguments, int Processes)
{
    /// <value>How many hosts take part; 1 by default. Each starts as many processes.</value>
    public int Nodes { get; init; } = 1;

    /// <value>Which of them this is, from 0; 0 by default.</value>
    public int NodeRank { get; init; }

    /// <value>The host of rank 0, as the others reach it; this host's loopback address by default.</value>
    public string MasterAddress { get; init; } = "127.0.0.1";

    /// <value>The port on which rank 0 waits for the others.</value>
    public required int MasterPort { get; init; }

    /// <value>How long a process may take to end when it is asked to, before it is made to; 5 seconds by default.</value>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The variables that torchrun sets, for one of this host's processes.</summary>
    public IEnumerable<KeyValuePair<string, string>> Environment(int localRank)
    {
        yield return new("MASTER_ADDR", MasterAddress);
        yield return new("MASTER_PORT", Invariant(MasterPort));
        yield return new("WORLD_SIZE", Invariant(Nodes * Processes));
        yield return new("LOCAL_WORLD_SIZE", Invariant(Processes));
        yield return new("RANK", Invariant(Rank(localRank)));
        yield return new("LOCAL_RANK", Invariant(localRank));
        yield return new("GROUP_RANK", Invariant(NodeRank));
        yield return new("GROUP_WORLD_SIZE", Invariant(Nodes));
        // so that the processes of a host do not all use all of its cores
        if (string.IsNullOrEmpty(System.Environment.GetEnvironmentVariable("OMP_NUM_THREADS")))
            yield return new("OMP_NUM_THREADS", Invariant(Math.Max(1, System.Environment.ProcessorCount / Processes)));
    }

    /// <summary>The rank among all processes.</summary>
    public int Rank(int localRank) => (NodeRank * Processes) + localRank;

    private static string Invariant(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
