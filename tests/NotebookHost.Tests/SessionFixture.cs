using NotebookHost.Kernels;
using NotebookHost.Sessions;

namespace NotebookHost.Tests;

/// <summary>A session in a folder of its own.</summary>
public abstract class SessionFixture : IDisposable
{
    private readonly CSharpSession _session;

    protected SessionFixture()
    {
        _session = new CSharpSession(new SessionOptions { WorkingDirectory = Folder.Path, PackageCache = Folder["cache"] });
    }

    internal TemporaryFolder Folder { get; } = new();

    /// <summary>The session's kernels in the framework.</summary>
    internal KernelTree Kernels => _session.Kernels;

    public void Dispose()
    {
        _session.Dispose();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a cell that must succeed.</summary>
    internal async Task<RecordingSink> Run(string code)
    {
        var sink = new RecordingSink();
        await Run(code, sink);
        return sink;
    }

    /// <summary>Runs a cell that must succeed.</summary>
    internal async Task Run(string code, ICellSink sink)
    {
        var outcome = await _session.RunAsync(code, sink);
        Assert.True(outcome.Status == CellStatus.Succeeded, string.Join('\n', outcome.Error?.Traceback ?? []));
    }

    /// <summary>Runs a cell, whatever becomes of it.</summary>
    internal Task<CellOutcome> RunAny(string code, ICellSink sink) => _session.RunAsync(code, sink);

    /// <summary>Runs a cell that must fail.</summary>
    internal async Task<CellError> Fail(string code)
    {
        var outcome = await _session.RunAsync(code, new RecordingSink());
        Assert.Equal(CellStatus.Failed, outcome.Status);
        return outcome.Error!;
    }

    /// <summary>The text of a cell's result.</summary>
    internal async Task<string?> Result(string code) => (await Run(code)).ResultText;
}
