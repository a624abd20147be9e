using System.Reflection;
using System.Runtime.ExceptionServices;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using NotebookHost.Display;
using NotebookHost.Display.Values;
using NotebookHost.Notebooks;
using NotebookHost.Sessions;

namespace NotebookHost.Kernels;

/// <summary>
/// Loads the extensions of packages like the .NET Interactive kernel: the public <see cref="IKernelExtension"/> types of the libraries in the folder
/// <c>interactive-extensions/dotnet</c> of a package, and the cells of the file <c>extension.dib</c> in this folder.
/// </summary>
/// <param name="kernels">The kernels that extensions can extend.</param>
/// <param name="context">The load context of the libraries.</param>
/// <param name="reportError">A function that receives text for the standard error stream.</param>
internal sealed class PackageExtensions(KernelTree kernels, CellLoadContext context, Action<string> reportError)
{
    private const string Script = "extension.dib";

    private readonly HashSet<string> _loaded = new(StringComparer.Ordinal);

    /// <summary>Loads the extensions that have not been loaded. An extension that fails is reported once.</summary>
    /// <param name="packages">The packages of the session.</param>
    /// <param name="runCell">A function that runs a cell of a script, with its code and its name.</param>
    /// <param name="stop">A token that stops the cell that references the packages.</param>
    /// <exception cref="OperationCanceledException">The cell was stopped.</exception>
    public async Task LoadAsync(RestoredPackages packages, Func<string, string, Task<CellError?>> runCell, CancellationToken stop)
    {
        var isNew = false;
        foreach (var package in packages.Folders)
        {
            if (!_loaded.Add(package.Path))
                continue;
            kernels.CSharp.Publish(new PackageAdded(
                new ResolvedPackageReference(package.Name, package.Version, package.Libraries, package.Path), kernels.CSharp.LastCommand));
            var folder = Path.Combine(package.Path, "interactive-extensions", "dotnet");
            if (!Directory.Exists(folder))
                continue;
            isNew = true;
            try
            {
                foreach (var library in AddLibraries(folder))
                    await LoadLibraryAsync(library, stop).ConfigureAwait(false);
                if (File.Exists(Path.Combine(folder, Script)))
                    await RunScriptAsync(Path.Combine(folder, Script), package.Name, runCell).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // the code of an extension may throw any exception
            catch (Exception error) when (!stop.IsCancellationRequested)
#pragma warning restore CA1031
            {
                reportError($"The extension of {package.Name} {package.Version} could not be loaded: {Reason(error)}. The session continues without it.\n");
            }
        }
        if (isNew)
            PlotlyCharts.RegisterFormatter();
    }

    /// <summary>Registers the libraries of a folder, so that they can reference each other.</summary>
    private List<AssemblyName> AddLibraries(string folder)
    {
        var names = new List<AssemblyName>();
        foreach (var path in Directory.GetFiles(folder, "*.dll").Order(StringComparer.Ordinal))
        {
            try
            {
                var name = AssemblyName.GetAssemblyName(path).Name!;
                // cells use the library of the package with the same name, if it exists
                context.Add(name, path);
                names.Add(new AssemblyName(name));
            }
            catch (BadImageFormatException)
            {
                // a native library next to the extension
            }
        }
        return names;
    }

    private async Task LoadLibraryAsync(AssemblyName name, CancellationToken stop)
    {
        var extensions = context.LoadFromAssemblyName(name).ExportedTypes
            .Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: false } && typeof(IKernelExtension).IsAssignableFrom(type))
            .ToList();
        foreach (var type in extensions)
        {
            var extension = (IKernelExtension)Activator.CreateInstance(type)!;
            Exception? failure = null;
            var load = new SubmitCode("", CellKernel.DefaultName)
            {
                Handler = async (command, invocation) =>
                {
                    try
                    {
                        await extension.OnLoadAsync(kernels.Root).ConfigureAwait(false);
                        invocation.Publish(new KernelExtensionLoaded(extension, command));
                    }
#pragma warning disable CA1031 // the exception is thrown to the caller
                    catch (Exception error)
#pragma warning restore CA1031
                    {
                        failure = error;
                    }
                },
            };
            await FrameworkInternals.MarkAsSplitAsync(load, kernels.Root).ConfigureAwait(false);
            await kernels.Root.SendAsync(load, stop).WaitAsync(stop).ConfigureAwait(false);
            if (failure is not null)
                ExceptionDispatchInfo.Throw(failure);
        }
    }

    private static async Task RunScriptAsync(string path, string package, Func<string, string, Task<CellError?>> runCell)
    {
        var number = 0;
        foreach (var cell in NotebookDocument.Read(path).CodeCells)
        {
            if (await runCell(cell.Source, $"{Script} of {package}, cell {++number}").ConfigureAwait(false) is { } error)
                throw new InvalidOperationException(error.Traceback is [var first, ..] ? first : error.Message);
        }
    }

    private static string Reason(Exception error) => ShortText.OfError(error).TrimEnd('.');
}
