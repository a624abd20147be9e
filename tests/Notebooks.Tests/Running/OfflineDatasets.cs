namespace Notebooks.Tests.Running;

/// <summary>Prevents that notebooks of this process and its child processes download data sets, until it is disposed.</summary>
internal sealed class OfflineDatasets : IDisposable
{
    private const string Variable = "DATASETS_OFFLINE";
    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);

    public OfflineDatasets() => Environment.SetEnvironmentVariable(Variable, "1");

    public void Dispose() => Environment.SetEnvironmentVariable(Variable, _before);
}
