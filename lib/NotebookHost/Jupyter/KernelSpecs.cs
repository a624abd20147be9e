using System.Text.Json;
using System.Text.Json.Nodes;
using NotebookHost.Notebooks;

namespace NotebookHost.Jupyter;

/// <summary>
/// The entries by which front ends find this kernel: one under a name of its own, one under the retired kernel's, so that notebooks
/// written for that open without a question.
/// </summary>
internal static class KernelSpecs
{
    private const string Name = "csharp";
    private const string RetiredName = ".net-csharp";

    // by which an entry is known to be ours
    private const string Mark = "notebook_host";

    // front ends write the display name into notebooks: an old notebook stays as it was
    private static readonly (string Name, string DisplayName)[] _names = [(Name, "C# (Torch Notebooks)"), (RetiredName, ".NET (C#)")];

    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    /// <summary>Writes the entries.</summary>
    /// <param name="folder">A folder of kernels.</param>
    /// <param name="command">How the kernel is started; Jupyter adds the connection file.</param>
    /// <param name="searched">All folders of kernels that front ends look into.</param>
    /// <returns>What was done about each name, a line each.</returns>
    /// <exception cref="IOException">An entry cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not the user's to change.</exception>
    public static IReadOnlyList<string> Install(string folder, IReadOnlyList<string> command, IEnumerable<string> searched)
    {
        var lines = new List<string>();
        foreach (var (name, displayName) in _names)
        {
            if (Foreign(name, name == Name ? [folder] : [folder, .. searched]) is { } other)
            {
                lines.Add($"{name} is another kernel's and stays as it is: {other}");
                continue;
            }
            var path = Path.Combine(folder, name, "kernel.json");
            AtomicFile.WriteAllText(path, Describe(displayName, command).ToJsonString(_indented) + "\n");
            lines.Add($"{name} is installed: {path}");
        }
        return lines;
    }

    /// <summary>Puts a file beside this kernel's entry, from where Jupyter's server gives it out to pages.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not the user's to change.</exception>
    public static void AddFile(string folder, string name, string content)
    {
        var entry = Path.Combine(folder, Name);
        if (IsOurs(entry))
            AtomicFile.WriteAllText(Path.Combine(entry, name), content);
    }

    /// <summary>Removes the entries, and no other kernel's.</summary>
    /// <returns>What was removed, a line each.</returns>
    /// <exception cref="IOException">An entry cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not the user's to change.</exception>
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
        // so written, VS Code colours cells as C#
        ["language"] = "C#",
        ["interrupt_mode"] = "message",
        ["metadata"] = new JsonObject { [Mark] = true, ["debugger"] = false },
    };

    /// <summary>Another kernel's entry of that name.</summary>
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
