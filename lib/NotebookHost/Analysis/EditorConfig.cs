using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace NotebookHost.Analysis;

/// <summary>
/// The settings of the <c>.editorconfig</c> files of a folder and its parent folders that apply to C# files of the folder: severities of rules and
/// options of analyzers.
/// </summary>
internal sealed class EditorConfig
{
    private const string FileName = ".editorconfig";

    private readonly AnalyzerConfigOptionsResult? _settings;

    private EditorConfig(AnalyzerConfigOptionsResult? settings) => _settings = settings;

    /// <summary>Reads the files. Files that cannot be read are ignored.</summary>
    public static EditorConfig Of(string folder)
    {
        var files = new List<AnalyzerConfig>();
        for (var place = new DirectoryInfo(Path.GetFullPath(folder)); place is not null; place = place.Parent)
        {
            var path = Path.Combine(place.FullName, FileName);
            try
            {
                if (!File.Exists(path))
                    continue;
                using var text = File.OpenRead(path);
                files.Add(AnalyzerConfig.Parse(SourceText.From(text), path));
                if (IsRoot(path))
                    break;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                // invalid settings are ignored
            }
        }
        return new EditorConfig(files.Count == 0 ? null : AnalyzerConfigSet.Create(files).GetOptionsForSourcePath(Path.Combine(Path.GetFullPath(folder), "cell.cs")));
    }

    /// <summary>Returns the compilation with the severities of the files.</summary>
    public CSharpCompilation ApplyTo(CSharpCompilation compilation)
        => _settings is not { } settings ? compilation : compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new Severities(settings.TreeOptions)));

    /// <summary>Returns the options for analyzers.</summary>
    public AnalyzerOptions Options()
        => _settings is not { } settings ? new AnalyzerOptions([]) : new AnalyzerOptions([], new OptionsOfAll(new Values(settings.AnalyzerOptions)));

    private static bool IsRoot(string path)
        => File.ReadLines(path).TakeWhile(line => !line.TrimStart().StartsWith('['))
            .Any(line => line.Replace(" ", "", StringComparison.Ordinal).Equals("root=true", StringComparison.OrdinalIgnoreCase));

    private sealed class Severities(ImmutableDictionary<string, ReportDiagnostic> byId) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.NotGenerated;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
            => byId.TryGetValue(diagnosticId, out severity);

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
            => byId.TryGetValue(diagnosticId, out severity);
    }

    private sealed class OptionsOfAll(AnalyzerConfigOptions options) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions => options;

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => options;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => options;
    }

    private sealed class Values(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
