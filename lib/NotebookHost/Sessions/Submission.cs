using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NotebookHost.Sessions;

/// <summary>A script that is compiled, loaded and ready to run.</summary>
/// <param name="Compilation">The compilation.</param>
/// <param name="Type">The compiled class; null for a script without code.</param>
/// <param name="Run">A function that runs the script with the instances of previous submissions and adds its own instance.</param>
internal sealed record Submission(CSharpCompilation Compilation, Type? Type, Func<object?[], Task<object?>> Run)
{
    /// <summary>Emits and loads a compilation.</summary>
    /// <param name="compilation">The script.</param>
    /// <param name="context">The load context.</param>
    /// <param name="diagnostics">The diagnostics of the compiler.</param>
    /// <param name="cancellation">A token that stops the compiler.</param>
    /// <returns>The submission; null if the script does not compile.</returns>
    public static Submission? Load(
        CSharpCompilation compilation, CellLoadContext context, out ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        using var code = new MemoryStream();
        using var symbols = new MemoryStream();
        var emitted = compilation.Emit(code, symbols, cancellationToken: cancellation);
        diagnostics = emitted.Diagnostics;
        if (!emitted.Success)
        {
            return diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                ? null
                : new Submission(compilation, Type: null, _ => Task.FromResult<object?>(null));
        }
        code.Position = symbols.Position = 0;
        var assembly = context.LoadFromStream(code, symbols);
        var entry = compilation.GetEntryPoint(cancellation)!;
        var type = assembly.GetType(entry.ContainingType.MetadataName, throwOnError: true)!;
        var method = type.GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
        return new Submission(compilation, type, method.CreateDelegate<Func<object?[], Task<object?>>>());
    }
}
