using System.Text.Json;
using System.Text.Json.Nodes;
using NotebookHost.Notebooks;

namespace NotebookHost.Jupyter;

/// <summary>
/// The kernelspecs of this kernel for front ends: one with its own name and one with the name of the retired kernel, so that notebooks
/// for that kernel open without a prompt.
/// </summary>
internal static class KernelSpecs
{
    private const string Name = "csharp";
    private const string RetiredName = ".net-csharp";

    // marks the entries of this kernel
    private const string Mark = "notebook_host";

    // front ends write the display name to notebooks, so the retired kernel's name is kept for its notebooks
    private static readonly (string Name, string DisplayName)[] _names = [(Name, "C# (Torch Notebooks)"), (RetiredName, ".NET (C#)")];

    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    /// <summary>Writes the entries.</summary>
    /// <param name="folder">The folder of kernels.</param>
    /// <param name="command">The command line of the kernel; Jupyter adds the connection file.</param>
    /// <param name="searched">All folders in which front ends search for kernels.</param>
    /// <returns>The result for each name, one line each.</returns>
    /// <exception cref="IOException">An entry cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not change the folder.</exception>
    public static IReadOnlyList<string> Install(string folder, IReadOnlyList<string> command, IEnumerable<string> searched)
    {
        var lines = new List<string>();
        foreach (var (name, displayName) in _names)
        {
            if (Foreign(name, name == Name ? [folder] : [folder, .. searched]) is { } other)
            {
                lines.Add($"{name} belongs to another kernel and is not changed: {other}");
                continue;
            }
            var path = Path.Combine(folder, name, "kernel.json");
            AtomicFile.WriteAllText(path, Describe(displayName, command).ToJsonString(_indented) + "\n");
            lines.Add($"{name} is installed: {path}");
        }
        return lines;
    }

    /// <summary>Copies a file to the folder of this kernel's entry, whose files Jupyter's server serves to pages.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not change the folder.</exception>
    public static void AddFile(string folder, string name, string content)
    {
        var entry = Path.Combine(folder, Name);
        if (IsOurs(entry))
            AtomicFile.WriteAllText(Path.Combine(entry, name), content);
    }

    /// <summary>Removes the entries of this kernel.</summary>
    /// <returns>The removed entries, one line each.</returns>
    /// <exception cref="IOException">An entry cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not change the folder.</exception>
    public static IReadOnlyList<string> Uninstall(string folder)
    {
        var lines = new List<string>();
        foreach (var (name, _) in _names)
        {
            var entry = Path.Combine(folder, name);
            if (!IsOurs(entry))
                continue;
            Directory.Delete(entry, recursive: true);
            lines.Add($"{name} is removed: {entry}");
        }
        return lines;
    }

    private static JsonObject Describe(string displayName, IReadOnlyList<string> command) => new()
    {
        ["argv"] = new JsonArray([.. command.Select(word => (JsonNode)word), "{connection_file}"]),
        ["display_name"] = displayName,
        // with this spelling, VS Code highlights cells as C#
        ["language"] = "C#",
        ["interrupt_mode"] = "message",
        ["metadata"] = new JsonObject { [Mark] = true, ["debugger"] = false },
    };

    /// <summary>Returns the entry of another kernel with a name.</summary>
    private static string? Foreign(string name, IEnumerable<string> folders)
        => folders.Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(entry => File.Exists(Path.Combine(entry, "kernel.json")) && !IsOurs(entry));

    private static bool IsOurs(string entry)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(Path.Combine(entry, "kernel.json")))?["metadata"]?[Mark] is not null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
