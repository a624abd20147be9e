using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace TorchAnalyzers.Tests;

/// <summary>
/// Runs a rule on sources. <c>[|code|]</c> marks what must be found; a source without marks must give nothing. Each source is tried as a program with top-level
/// statements and as a notebook's cell.
/// </summary>
internal static class Verify<TRule>
    where TRule : DiagnosticAnalyzer, new()
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;
        using F = TorchSharp.torch.nn.functional;

        """;

    /// <summary>Compares what the rule finds with the marks, in a program and in a cell.</summary>
    public static async Task FindsAsync(string source)
    {
        await Test(source, SourceCodeKind.Regular).RunAsync();
        await Test(source, SourceCodeKind.Script).RunAsync();
    }

    /// <summary>Expects that the rule finds nothing, in a program and in a cell.</summary>
    public static Task IsSilentAsync(string source)
    {
        Assert.DoesNotContain("[|", source, StringComparison.Ordinal);
        return FindsAsync(source);
    }

    /// <summary>Compares what the rule finds with the marks in a program only: for what cells cannot have.</summary>
    public static Task FindsInProgramAsync(string source) => Test(source, SourceCodeKind.Regular).RunAsync();

    /// <summary>Compares what the rule finds with the marks in a cell only.</summary>
    public static Task FindsInCellAsync(string source) => Test(source, SourceCodeKind.Script).RunAsync();

    private static CSharpAnalyzerTest<TRule, DefaultVerifier> Test(string source, SourceCodeKind kind)
    {
        var test = new RuleTest(kind) { TestCode = Usings + source };
        return test;
    }

    internal static string WithUsings(string source) => Usings + source;

    private sealed class RuleTest : CSharpAnalyzerTest<TRule, DefaultVerifier>
    {
        private readonly SourceCodeKind _kind;

        public RuleTest(SourceCodeKind kind)
        {
            _kind = kind;
            Settings.Apply(this, kind);
        }

        protected override ParseOptions CreateParseOptions() => Settings.Parse(_kind);

        protected override CompilationOptions CreateCompilationOptions() => Settings.Compile(_kind);
    }
}

/// <summary>Applies a rule's fix to sources.</summary>
internal static class VerifyFix<TRule, TFix>
    where TRule : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    /// <summary>Compares the fixed source with what is expected.</summary>
    public static Task FixesAsync(string source, string expected) =>
        new FixTest { TestCode = Verify<TRule>.WithUsings(source), FixedCode = Verify<TRule>.WithUsings(expected) }.RunAsync();

    /// <summary>Expects that the rule finds what is marked and offers no fix.</summary>
    public static Task OffersNothingAsync(string source) => FixesAsync(source, source);

    private sealed class FixTest : CSharpCodeFixTest<TRule, TFix, DefaultVerifier>
    {
        public FixTest()
        {
            Settings.Apply(this, SourceCodeKind.Regular);
        }

        protected override ParseOptions CreateParseOptions() => Settings.Parse(SourceCodeKind.Regular);

        protected override CompilationOptions CreateCompilationOptions() => Settings.Compile(SourceCodeKind.Regular);
    }
}

/// <summary>How the sources under test are compiled.</summary>
internal static class Settings
{
    // the assemblies that the tests themselves run with: no package is downloaded while tests run
    public static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "TorchSharp.dll"))
            .Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>Gets all rules.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Rules { get; } = [.. typeof(TorchAnalyzer).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(DiagnosticAnalyzer))).Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    public static void Apply(AnalyzerTest<DefaultVerifier> test, SourceCodeKind kind)
    {
        test.ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        test.TestState.AdditionalReferences.AddRange(References);
        // names decide nothing here: a source that does not compile tests nothing
        test.CompilerDiagnostics = CompilerDiagnostics.Errors;
        test.MarkupOptions = MarkupOptions.UseFirstDescriptor;
        if (kind == SourceCodeKind.Regular)
            test.TestState.OutputKind = OutputKind.ConsoleApplication;
    }

    public static ParseOptions Parse(SourceCodeKind kind) => new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.None, kind);

    public static CompilationOptions Compile(SourceCodeKind kind) => new CSharpCompilationOptions(
        kind == SourceCodeKind.Script ? OutputKind.DynamicallyLinkedLibrary : OutputKind.ConsoleApplication, allowUnsafe: true);
}
