using Microsoft.DotNet.Interactive.Commands;
using NotebookHost.Sessions;

namespace NotebookHost.Kernels;

/// <summary>The framework's command to run code, with what this host knows of the cell.</summary>
/// <param name="code">C#.</param>
/// <param name="label">The name that error messages give the code.</param>
/// <param name="isFile">Whether the code is the text of a C# file.</param>
/// <param name="stop">Stops the code.</param>
internal sealed class RunCell(string code, string label, bool isFile, CancellationToken stop) : SubmitCode(code, CellKernel.DefaultName)
{
    /// <summary>The name that error messages give the code.</summary>
    public string Label => label;

    /// <summary>Whether the code is the text of a C# file.</summary>
    public bool IsFile => isFile;

    /// <summary>Stops the code.</summary>
    public CancellationToken Stop => stop;

    /// <summary>Why the code failed; null while it runs and when it succeeded.</summary>
    public CellError? Error { get; set; }

    /// <summary>Whether the code was stopped.</summary>
    public bool IsStopped { get; set; }
}
