using Microsoft.DotNet.Interactive.Commands;
using NotebookHost.Sessions;

namespace NotebookHost.Kernels;

/// <summary>The framework's command to run code, with information about the cell.</summary>
/// <param name="code">The C# code.</param>
/// <param name="label">The name of the code in error messages.</param>
/// <param name="isFile">Whether the code is the text of a C# file.</param>
/// <param name="stop">A token that stops the code.</param>
internal sealed class RunCell(string code, string label, bool isFile, CancellationToken stop) : SubmitCode(code, CellKernel.DefaultName)
{
    /// <summary>The name of the code in error messages.</summary>
    public string Label => label;

    /// <summary>Gets a value that indicates whether the code is the text of a C# file.</summary>
    public bool IsFile => isFile;

    /// <summary>Gets a token that stops the code.</summary>
    public CancellationToken Stop => stop;

    /// <summary>Gets or sets the error of the code; null while it runs and if it succeeded.</summary>
    public CellError? Error { get; set; }

    /// <summary>Gets or sets a value that indicates whether the code was stopped.</summary>
    public bool IsStopped { get; set; }
}
