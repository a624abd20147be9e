using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NotebookHost.Tests;

/// <summary>A library with analyzers for it, as a package or a folder has them.</summary>
internal static class SampleAnalyzers
{
    private const string Rules = """
        using System.Collections.Immutable;
        using Microsoft.CodeAnalysis;
        using Microsoft.CodeAnalysis.CSharp;
        using Microsoft.CodeAnalysis.Diagnostics;
        using Microsoft.CodeAnalysis.Operations;

        [DiagnosticAnalyzer(LanguageNames.CSharp)]
        public sealed class Rules : DiagnosticAnalyzer
        {
            private static readonly DiagnosticDescriptor Shout = new("T001", "Shouting", "{0} is loud.", "Test", DiagnosticSeverity.Warning, true, helpLinkUri: "https://example.org/T001");
            private static readonly DiagnosticDescriptor Whisper = new("T002", "Whispering", "{0} is quiet", "Test", DiagnosticSeverity.Info, true);
            private static readonly DiagnosticDescriptor Name = new("T003", "Lower case", "{0} begins with a small letter", "Test", DiagnosticSeverity.Warning, true);

            public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => ImmutableArray.Create(Shout, Whisper, Name);

            public override void Initialize(AnalysisContext context)
            {
                context.EnableConcurrentExecution();
                context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
                context.RegisterOperationAction(Call, OperationKind.Invocation);
                context.RegisterSymbolAction(Type, SymbolKind.NamedType);
            }

            private static void Call(OperationAnalysisContext context)
            {
                var call = (IInvocationOperation)context.Operation;
                var rule = call.TargetMethod.Name == "Shout" ? Shout : call.TargetMethod.Name == "Whisper" ? Whisper : null;
                if (rule is not null)
                {
                    var properties = ImmutableDictionary<string, string>.Empty;
                    if (rule == Shout)
                        properties = properties.Add("FixTitle", "Whisper");
                    context.ReportDiagnostic(Diagnostic.Create(rule, call.Syntax.GetLocation(), properties, call.TargetMethod.Name));
                }
            }

            private static void Type(SymbolAnalysisContext context)
            {
                if (char.IsLower(context.Symbol.Name[0]))
                    context.ReportDiagnostic(Diagnostic.Create(Name, context.Symbol.Locations[0], context.Symbol.Name));
            }
        }
        """;

    private const string Throwing = """
        using System.Collections.Immutable;
        using Microsoft.CodeAnalysis;
        using Microsoft.CodeAnalysis.CSharp;
        using Microsoft.CodeAnalysis.Diagnostics;

        [DiagnosticAnalyzer(LanguageNames.CSharp)]
        public sealed class Throwing : DiagnosticAnalyzer
        {
            public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics
                => ImmutableArray.Create(new DiagnosticDescriptor("T009", "Never", "Never", "Test", DiagnosticSeverity.Warning, true));

            public override void Initialize(AnalysisContext context)
                => context.RegisterSyntaxNodeAction(_ => throw new System.InvalidOperationException("no such tree"), SyntaxKind.InvocationExpression);
        }
        """;

    /// <summary>Puts a library and its analyzers into a folder, laid out as the host finds them.</summary>
    /// <returns>The library.</returns>
    public static string Place(string folder, bool throwing = false)
    {
        Directory.CreateDirectory(folder);
        CompileRules(Directory.CreateDirectory(Path.Combine(folder, "analyzers", "dotnet", "cs")).FullName, throwing);
        return CompileVoice(folder);
    }

    /// <summary>Compiles the library.</summary>
    public static string CompileVoice(string folder) => SampleAssemblies.Compile(folder, "Voice", """
        public static class Voice
        {
            public static string Shout(string text) => text + "!";
            public static string Whisper(string text) => "(" + text + ")";
        }
        """);

    /// <summary>Compiles the analyzers.</summary>
    public static string CompileRules(string folder, bool throwing = false)
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return SampleAssemblies.Compile(folder, throwing ? "ThrowingRules" : "VoiceRules", throwing ? Throwing : Rules,
        [
            Path.Combine(framework, "netstandard.dll"), Path.Combine(framework, "System.Collections.Immutable.dll"),
            typeof(Compilation).Assembly.Location, typeof(SyntaxKind).Assembly.Location,
        ]);
    }
}
