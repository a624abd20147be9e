using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Repository.Tests.Recipes;

/// <summary>
/// A copy of the repository, as it is in the working folder, with every recipe written into it: so that it is built once. Of the tests it has what
/// recipes run.
/// </summary>
public sealed class CopiedRepository : IDisposable
{
    private static readonly string[] _copied =
    [
        "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig", "lib", "packaging", "docs",
        "tests/Directory.Build.props", "tests/xunit.runner.json",
        "tests/LibTorch.Tests/LibTorch.Tests.csproj", "tests/LibTorch.Tests/Parity/OperatorParityTests.cs",
        "tests/LibTorch.Tests/Parity/LayerParityTests.cs", "tests/LibTorch.Tests/Parity/operators.py", "tests/LibTorch.Tests/Parity/operators.json",
        "tests/LibTorch.Tests/Parity/layers.py", "tests/LibTorch.Tests/Parity/layers.json", "tests/LibTorch.Tests/Modules/LayerTable.cs",
        "tests/LibTorch.Tests/Cuda/FactWithCudaAttribute.cs",
        "tests/LibTorch.Tests.Worker",
        "tests/DeepLearning.Tests/DeepLearning.Tests.csproj", "tests/DeepLearning.Tests/Training/TwoClasses.cs", "tests/DeepLearning.Tests.Worker",
        "tests/Notebooks.Tests",
    ];

    private readonly string _root = Directory.CreateTempSubdirectory("recipes-").FullName;

    public CopiedRepository()
    {
        foreach (var path in _copied)
            Copy(path);
        CopyDoor();
        Directory.CreateDirectory(Path.Combine(_root, "notebooks"));
        File.WriteAllText(Path.Combine(_root, "nb"), $"""
            #!/bin/sh
            # the runner that is built already; the library is the copy's
            [ -e artifacts/lib/DeepLearning.dll ] || dotnet build lib/DeepLearning --nologo
            exec dotnet '{Path.Combine(Checkout.Root, "artifacts", "nb", "NotebookHost.dll")}' "$@"
            """);
        foreach (var recipe in Recipe.All)
            recipe.Apply(_root);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>Runs commands in the copy, and says what they wrote when one fails.</summary>
    /// <returns>All that they wrote.</returns>
    internal async Task<string> RunAsync(string commands)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", commands.Replace("./nb ", "sh ./nb ", StringComparison.Ordinal)])
        {
            WorkingDirectory = _root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // what the test runner tells its own processes is not for these
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment.Remove("DOTNET_HOST_PATH");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        // half of a build's time goes to them, and the builds of the repository have them
        start.Environment["RunAnalyzers"] = "false";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        var all = await output + await error;
        Assert.True(process.ExitCode == 0, $"{commands}\nended with {process.ExitCode}:\n{all}");
        return all;
    }

    /// <summary>Adds to a file of PyTorch's answers those that it gave for the recipe, for machines that have no PyTorch.</summary>
    internal void AddAnswers(string file)
    {
        var path = Path.Combine(_root, "tests", "LibTorch.Tests", "Parity", file);
        var answers = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        var more = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Recipes", "pytorch.json")))![file]!.AsObject();
        foreach (var (name, numbers) in more)
            answers.TryAdd(name, numbers!.DeepClone());
        File.WriteAllText(path, answers.ToJsonString());
    }

    private void Copy(string path)
    {
        var source = Path.Combine(Checkout.Root, path);
        if (File.Exists(source))
        {
            var target = Path.Combine(_root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(source, target);
            return;
        }
        foreach (var entry in Directory.EnumerateFileSystemEntries(source))
        {
            if (Path.GetFileName(entry) is not ("bin" or "obj"))
                Copy(Path.GetRelativePath(Checkout.Root, entry));
        }
    }

    // its sources are the same: it need not be compiled again
    private void CopyDoor()
    {
        var doors = Path.Combine(Checkout.Root, "lib", "LibTorch", "obj", "door");
        foreach (var door in Directory.EnumerateDirectories(doors).SelectMany(folder => Directory.EnumerateFiles(folder, "libtorchdoor.so*")))
            Copy(Path.GetRelativePath(Checkout.Root, door));
    }
}
