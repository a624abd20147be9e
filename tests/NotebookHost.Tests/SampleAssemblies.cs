using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NotebookHost.Tests;

/// <summary>Compiles small libraries for notebooks to reference.</summary>
internal static class SampleAssemblies
{
    public static string Compile(string folder, string name, string source, params string[] references)
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var path = Path.Combine(folder, name + ".dll");
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(source)],
            new[] { "System.Private.CoreLib.dll", "System.Runtime.dll", "System.Runtime.InteropServices.dll" }
                .Select(file => Path.Combine(framework, file))
                .Concat(references)
                .Select(reference => MetadataReference.CreateFromFile(reference)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var result = compilation.Emit(path);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return path;
    }

    /// <summary>Puts a native library beside, one whose name exists nowhere else.</summary>
    public static void AddNative(string folder, string name)
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        File.Copy(Path.Combine(framework, "libSystem.Native.so"), Path.Combine(folder, $"lib{name}.so"));
    }
}
