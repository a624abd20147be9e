using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using NotebookHost.Checks.Compilation;
using NotebookHost.Notebooks;
using NotebookHost.Scripting;
using NotebookHost.Sessions;

namespace NotebookHost.Export.CSharp;

/// <summary>
/// Writes a notebook as a C# file for <c>dotnet run</c>: prose as comments, cells as top-level statements, and trailing expressions written
/// to the console. Nothing is run.
/// </summary>
public static class CSharpProgram
{
    // the settings of a session, independent of project settings in the folder of the file
    private static readonly string[] _properties =
    [
        "TargetFramework=net10.0", "ImplicitUsings=disable", "Nullable=disable", "AllowUnsafeBlocks=true", "InvariantGlobalization=true",
        "PublishAot=false", "ManagePackageVersionsCentrally=false", "TreatWarningsAsErrors=false", "RunAnalyzers=false",
        "GenerateDocumentationFile=false", "NoWarn=$(NoWarn);CS8321;CS8632;CS0219;CS0162;CS4014",
    ];

    private static readonly Lazy<string> _console = new(() =>
    {
        using var resource = new StreamReader(typeof(CSharpProgram).Assembly.GetManifestResourceStream("NotebookConsole.cs")!);
        return resource.ReadToEnd();
    });

    /// <summary>Writes the program.</summary>
    /// <param name="document">The notebook. It must compile, because names are distinguished by their symbols.</param>
    /// <param name="folder">The folder of the notebook.</param>
    /// <param name="targetFolder">The folder of the file, which paths are relative to.</param>
    /// <exception cref="ExportException">The notebook does not compile or contains code that a program cannot contain.</exception>
    public static string Write(NotebookDocument document, string folder, string targetFolder)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (!document.IsCSharp)
            throw new ExportException($"it is in {document.Language}, and only C# can be converted to a program");
        var chain = Compile(document, folder);
        var sound = chain.Scripts.Where(script => !script.HasErrors).ToList();
        var names = new ProgramNames(sound);
        var cells = new List<ProgramCell>();
        var body = new StringBuilder();
        foreach (var cell in document.Cells)
        {
            if (cell.Kind != CellKind.Code)
            {
                AppendComment(body, cell.Source);
                continue;
            }
            foreach (var script in chain.Scripts.Where(script => script.Cell == cell))
                AppendCell(body, script, names, cells);
        }

        var program = new StringBuilder();
        AppendDirectives(program, chain, folder, targetFolder);
        foreach (var line in Usings(cells))
            program.Append(line).Append('\n');
        program.Append('\n');
        foreach (var libraries in chain.Libraries.Select(library => Path.GetDirectoryName(library)!).Distinct(StringComparer.Ordinal))
            program.Append($"NotebookConsole.BringNatives({Literal(Relative(targetFolder, libraries))});\n");
        program.Append($"NotebookConsole.GoTo({Literal(Relative(targetFolder, folder))});\n\n").Append(body);
        foreach (var type in cells.SelectMany(cell => cell.Types))
            program.Append(type).Append("\n\n");
        if (cells.Any(cell => cell.Extensions.Count > 0))
        {
            var methods = string.Join("\n\n", cells.SelectMany(cell => cell.Extensions));
            program.Append($"static class NotebookExtensions\n{{\n{methods}\n}}\n\n");
        }
        return program.Append(_console.Value).ToString();
    }

    private static CellChain Compile(NotebookDocument document, string folder)
    {
        CellChain chain;
        try
        {
            chain = CellChain.Of(document, folder, new ReferenceCache());
        }
        catch (MissingPackageException missing)
        {
            throw new ExportException(missing.Message, missing);
        }
        if (chain.CompiledFiles is [var file, ..])
            throw new ExportException($"{file}: a file with a namespace or with extension classes cannot be part of a single-file program");
        return chain.Problems is [var first, ..] ? throw new ExportException($"{first}; only notebooks that compile can be converted to a program") : chain;
    }

    private static void AppendCell(StringBuilder body, CheckedScript script, ProgramNames names, List<ProgramCell> cells)
    {
        foreach (var left in script.Code.LeftOut)
            AppendComment(body, $"Lines for the host of the notebook, without effect here:\n{left}");
        if (script.HasErrors)
        {
            AppendComment(body, $"The compile error of this cell is intended:\n{script.Code.Code}");
            return;
        }
        ProgramCell cell;
        try
        {
            cell = ProgramCell.Of(script, names);
        }
        catch (NotSupportedException reason)
        {
            throw new ExportException($"{script.Tree.FilePath}: {reason.Message}", reason);
        }
        cells.Add(cell);
        if (cell.Statements.Length == 0)
            return;
        if (script.Cell.HasTag(CellChain.ExpectedErrorTag))
            body.Append($"try\n{{\n{cell.Statements}\n}}\ncatch (Exception error)\n{{\nConsole.WriteLine(error);\n}}\n\n");
        else
            body.Append(cell.Statements).Append("\n\n");
    }

    private static void AppendDirectives(StringBuilder program, CellChain chain, string folder, string targetFolder)
    {
        program.Append("// Created from a notebook by nb export. Run it with: dotnet run FILE\n");
        foreach (var package in chain.Packages.Distinct())
            program.Append($"#:package {package.Name}@{package.Version ?? "*"}\n");
        foreach (var property in _properties)
            program.Append($"#:property {property}\n");
        if (chain.Libraries.Count > 0)
        {
            // the only way to reference a library file without another file
            var libraries = chain.Libraries.Select(library => Relative(targetFolder, library));
            program.Append($"#:property AdditionalExplicitAssemblyReferences={string.Join(';', libraries)}\n");
        }
        program.Append('\n');
    }

    private static IEnumerable<string> Usings(List<ProgramCell> cells)
    {
        var session = SessionOptions.DefaultImports
            .Select(name => $"using {name};")
            .Append("using static NotebookConsole;");
        // the end of the file contains the display API of notebooks
        return session.Concat(cells.SelectMany(cell => cell.Usings))
            .Where(line => !line.Contains("Microsoft.DotNet.Interactive", StringComparison.Ordinal))
            .Select(line => line.Replace("global using", "using", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .OrderBy(line => line.Contains('=', StringComparison.Ordinal))
            .ThenBy(line => line.StartsWith("using static", StringComparison.Ordinal));
    }

    private static void AppendComment(StringBuilder body, string text)
    {
        foreach (var line in text.Trim().Split('\n'))
            body.Append($"// {line}".TrimEnd()).Append('\n');
        body.Append('\n');
    }

    private static string Relative(string from, string path) => Path.GetRelativePath(from, path).Replace('\\', '/');

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
