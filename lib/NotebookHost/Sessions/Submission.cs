using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NotebookHost.Sessions;

/// <summary>A piece of script, compiled, loaded and ready to run after those before it.</summary>
/// <param name="Compilation">What the compiler made of it.</param>
/// <param name="Type">The class that it was made into; null for one without code, of directives only.</param>
/// <param name="Run">Runs it, given the instances of the submissions before it, among which it puts its own.</param>
internal sealed record Submission(CSharpCompilation Compilation, Type? Type, Func<object?[], Task<object?>> Run)
{
    /// <summary>Emits and loads a compilation.</summary>
    /// <param name="compilation">The script.</param>
    /// <param name="context">Where it is loaded.</param>
    /// <param name="diagnostics">What the compiler has to say.</param>
    /// <param name="cancellation">Stops the compiler.</param>
    /// <returns>Null when it does not compile.</returns>
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
