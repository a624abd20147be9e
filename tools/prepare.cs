// Builds the projects that an nb command needs, if they are not up to date. The scripts nb and nb.cmd run this file before they start the command
// line (lib/NotebookHost); the SDK compiles it only when it has changed. Messages go to standard error. Exit code 3: the build failed.
#:property PublishAot=false
#:property GenerateDocumentationFile=true

using System.Diagnostics;
using System.Globalization;
using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

var root = Path.GetDirectoryName((string)AppContext.GetData("EntryPointFileDirectoryPath")!)!;
if (Commands.Unknown(root, args) is { } message)
{
    Console.Error.WriteLine(message);
    return 2;
}
var needed = Needs.Of(args).Select(folder => new Project(root, folder)).Where(project => !project.IsBuilt()).ToList();
if (needed.Count == 0)
    return 0;
FileStream gate;
try
{
    gate = Gate.Enter(root);
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException)
{
    Build.Say($"nothing can be built in {root}: {error.Message}");
    return 3;
}
using (gate)
{
    // the process with the lock may have built them
    needed.RemoveAll(project => project.IsBuilt());
    return needed.Count == 0 || await Build.RunAsync(root, needed) ? 0 : 3;
}

/// <summary>The names of the commands; each command has a page in tools/help.</summary>
internal static class Commands
{
    /// <summary>Returns a message for a command that does not exist; null if the command exists or no command is given.</summary>
    public static string? Unknown(string root, string[] arguments)
    {
        if (arguments is not [[not '-', ..] name, ..])
            return null;
        var names = Directory.GetFiles(Path.Combine(root, "tools", "help"), "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)!).Where(page => page != "nb").ToList();
        if (names.Contains(name))
            return null;
        var nearest = names.Select(known => (Name: known, Edits: Edits(name, known))).Where(pair => pair.Edits <= Math.Min(2, Math.Max(1, name.Length / 2)))
            .OrderBy(pair => pair.Edits).Select(pair => pair.Name).FirstOrDefault();
        return $"There is no command {name}.{(nearest is null ? "" : $" Did you mean {nearest}?")} See: nb --help";
    }

    // inserted, deleted, replaced and transposed letters
    private static int Edits(string from, string to)
    {
        if (from.Length == 0 || to.Length == 0)
            return from.Length + to.Length;
        var edits = Math.Min(Edits(from[1..], to[1..]) + (from[0] == to[0] ? 0 : 1), Math.Min(Edits(from[1..], to), Edits(from, to[1..])) + 1);
        return from.Length > 1 && to.Length > 1 && from[0] == to[1] && from[1] == to[0] ? Math.Min(edits, Edits(from[2..], to[2..]) + 1) : edits;
    }
}

/// <summary>The projects that each command needs.</summary>
internal static class Needs
{
    public const string Host = "lib/NotebookHost";

    private const string Library = "lib/DeepLearning", Board = "lib/BoardHost", Bench = "bench";

    public static string[] Of(string[] arguments) => arguments switch
    {
        [not ("bench" or "board"), .. var rest] when rest.TakeWhile(word => word != "--").Any(word => word is "--help" or "-h" or "-?") => [Host],
        ["run" or "lab" or "kernel" or "check" or "adopt", ..] => [Host, Library],
        ["board" or "setup", ..] => [Host, Library, Board],
        ["bench", ..] => [Host, Library, Bench],
        // other commands need no library
        _ => [Host],
    };
}

/// <summary>A project of the repository, and whether its output is up to date.</summary>
internal sealed partial class Project
{
    private static readonly string[] _shared =
        ["global.json", ".editorconfig", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "lib/Directory.Build.targets", "packaging/Package.props"];

    private readonly string _root;
    private readonly string _stamp;

    public Project(string root, string folder)
    {
        (_root, Folder) = (root, folder);
        File = Directory.GetFiles(Path.Combine(root, folder), "*.csproj").Single();
        _stamp = Path.Combine(root, "artifacts", ".built", Path.GetFileNameWithoutExtension(File));
    }

    /// <summary>Gets the folder, relative to the repository.</summary>
    public string Folder { get; }

    /// <summary>Gets the path of the project file.</summary>
    public string File { get; }

    /// <summary>Returns whether the project was built from the current sources for the requested backend package.</summary>
    public bool IsBuilt() => System.IO.File.Exists(_stamp) && System.IO.File.ReadAllText(_stamp).StartsWith(State(), StringComparison.Ordinal);

    /// <summary>Returns the state that the output depends on: the backend package, and the names, sizes and times of all sources.</summary>
    public string State()
    {
        var text = new StringBuilder();
        foreach (var folder in Folders([], Folder).Order(StringComparer.Ordinal))
        {
            var files = new FileSystemEnumerable<string>(
                Path.Combine(_root, folder),
                (ref FileSystemEntry entry) => $"{entry.ToSpecifiedFullPath()} {entry.Length} {entry.LastWriteTimeUtc.Ticks}",
                new EnumerationOptions { RecurseSubdirectories = true })
            {
                ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
                ShouldRecursePredicate = (ref FileSystemEntry entry) => entry.FileName is not ("bin" or "obj"),
            };
            text.AppendJoin('\n', files.Order(StringComparer.Ordinal));
        }
        foreach (var file in _shared.Select(path => new FileInfo(Path.Combine(_root, path))))
            text.Append('\n').Append(file.FullName).Append(file.Exists ? file.LastWriteTimeUtc.Ticks : 0);
        var engine = Environment.GetEnvironmentVariable("TorchSharpPackage");
        return $"{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))} engine={engine} ";
    }

    /// <summary>Records that the project has been built.</summary>
    /// <param name="state">The state before the build; changes during the build are built the next time.</param>
    /// <param name="ahead">Whether the output was compiled to machine code.</param>
    public void Record(string state, bool ahead)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_stamp)!);
        var beside = $"{_stamp}.{Environment.ProcessId}";
        System.IO.File.WriteAllText(beside, $"{state}ahead={(ahead ? "true" : "false")}\n");
        System.IO.File.Move(beside, _stamp, overwrite: true);
    }

    /// <summary>Records that the output may be incomplete.</summary>
    public void Forget()
    {
        if (System.IO.File.Exists(_stamp))
            System.IO.File.Delete(_stamp);
    }

    /// <summary>Adds the folders of a project and of all projects that it references.</summary>
    private HashSet<string> Folders(HashSet<string> found, string folder)
    {
        if (!found.Add(folder))
            return found;
        var project = Directory.GetFiles(Path.Combine(_root, folder), "*.csproj").Single();
        foreach (Match reference in Reference().Matches(System.IO.File.ReadAllText(project)))
        {
            var path = Path.GetFullPath(Path.Combine(_root, folder, reference.Groups[1].Value.Replace('\\', '/')));
            Folders(found, Path.GetRelativePath(_root, Path.GetDirectoryName(path)!).Replace('\\', '/'));
        }
        return found;
    }

    [GeneratedRegex("<ProjectReference Include=\"([^\"$]+)\"")]
    private static partial Regex Reference();
}

/// <summary>Restores and builds, with progress.</summary>
internal static class Build
{
    public static async Task<bool> RunAsync(string root, IReadOnlyList<Project> projects)
    {
        var states = projects.Select(project => project.State()).ToList();
        foreach (var project in projects)
            project.Forget();
        // a solution filter builds the projects in parallel and restores once
        var filter = Path.Combine(root, "artifacts", "nb.slnf");
        File.WriteAllText(filter, JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["solution"] = new Dictionary<string, object>
            {
                ["path"] = "../Notebooks.sln",
                ["projects"] = projects.Select(project => Path.GetRelativePath(root, project.File).Replace('/', '\\')).ToList(),
            },
        }));
        var ahead = Environment.GetEnvironmentVariable("CompileAhead") is not "false";
        // committed sources have passed the analyzers; later changes run through them
        var analyzers = Environment.GetEnvironmentVariable("CI") is { Length: > 0 }
            || projects.Any(project => File.Exists(Path.Combine(root, project.Folder, "obj", "project.assets.json")));
        var names = string.Join(", ", projects.Select(project => project.Folder));

        var restore = new Step(root, "restoring packages");
        var restored = await restore.RunAsync("restore", filter, ahead, analyzers);
        if (!restored && ahead && restore.Output.FirstOrDefault(line => line.Contains("crossgen", StringComparison.OrdinalIgnoreCase)) is { } reason)
        {
            Say($"continuing without ahead-of-time compilation, so commands start more slowly: {Step.Short(reason)}");
            ahead = false;
            restore = new Step(root, "restoring packages");
            restored = await restore.RunAsync("restore", filter, ahead, analyzers);
        }
        if (!restored)
            return Fail(restore, "The packages could not be restored");
        var build = new Step(root, $"building {names}");
        if (!await build.RunAsync("build", filter, ahead, analyzers))
            return Fail(build, "The build failed");
        foreach (var (project, state) in projects.Zip(states))
            project.Record(state, ahead);
        return true;
    }

    public static void Say(string text) => Console.Error.WriteLine("nb: " + text);

    private static bool Fail(Step step, string what)
    {
        foreach (var line in step.Output.Where(line => line.Contains(": error", StringComparison.Ordinal)).Select(Step.Short).Distinct())
            Console.Error.WriteLine(line);
        Say($"{what}; the whole output is in artifacts/{step.LogName}.");
        return false;
    }
}

/// <summary>A command of the SDK, with reports of its progress and duration.</summary>
internal sealed partial class Step(string root, string title)
{
    private readonly List<string> _output = [];
    private readonly Stopwatch _clock = new();
    private int _packages;
    private int _toCompile;
    private int _compiled;
    private string _last = "";

    /// <summary>Gets the output lines of the command.</summary>
    public IReadOnlyList<string> Output => _output;

    /// <summary>Gets the name of the file with the output in artifacts/.</summary>
    public string LogName { get; private set; } = "";

    /// <summary>Removes the name of the project that MSBuild appends to a message.</summary>
    public static string Short(string line) => line.LastIndexOf(" [", StringComparison.Ordinal) is > 0 and var end ? line[..end].Trim() : line.Trim();

    public async Task<bool> RunAsync(string verb, string filter, bool ahead, bool analyzers)
    {
        Build.Say(title);
        LogName = verb + ".log";
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = root, RedirectStandardOutput = true, RedirectStandardInput = true };
        // restore prints the names of installed packages only at this verbosity
        string[] arguments = verb == "restore"
            ? [verb, filter, "-verbosity:normal"]
            : [verb, filter, "--no-restore", "--configuration", "Release", "-verbosity:minimal"];
        foreach (var argument in (string[])[.. arguments, "--nologo", "-tl:off", $"-p:CompileAhead={(ahead ? "true" : "false")}", $"-p:RunAnalyzers={(analyzers ? "true" : "false")}"])
            start.ArgumentList.Add(argument);
        // dotnet run sets variables for this process that have another meaning for MSBuild
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        _clock.Start();
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var timer = new Timer(_ => SayHowFar(), null, _between, _between);
        var reading = ReadAsync(process.StandardOutput);
        await process.WaitForExitAsync();
        // servers that keep running after the build may hold the pipe open
        await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(2)));
        lock (_output)
            File.WriteAllLines(Path.Combine(root, "artifacts", LogName), _output);
        return process.ExitCode == 0;
    }

    private static readonly TimeSpan _between = TimeSpan.FromSeconds(10);

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_output)
            {
                _output.Add(line);
                if (Installed().Match(line) is { Success: true } package)
                    (_packages, _last) = (_packages + 1, package.Groups["name"].Value);
                else if (ToCompile().Match(line) is { Success: true } many)
                    _toCompile += int.Parse(many.Groups["count"].Value, CultureInfo.InvariantCulture);
                else if (Compiling().Match(line) is { Success: true } one)
                    (_compiled, _last) = (_compiled + 1, one.Groups["name"].Value);
            }
            if (line.IndexOf(" -> ", StringComparison.Ordinal) is > 0 and var arrow && line.EndsWith(".dll", StringComparison.Ordinal))
                Build.Say($"  built {line[..arrow].Trim()} ({_clock.Elapsed.TotalSeconds:0} s)");
        }
    }

    private void SayHowFar()
    {
        lock (_output)
        {
            var far = _toCompile > 0 ? $": compiling to machine code, {_compiled} of {_toCompile}, {_last}"
                : _packages > 0 ? $": {_packages} packages installed, the last one {_last}"
                : "";
            Build.Say($"  {_clock.Elapsed.TotalSeconds:0} s{far}");
        }
    }

    [GeneratedRegex(@"^\s*Installed (?<name>\S+) \S+ from ")]
    private static partial Regex Installed();

    [GeneratedRegex(@"^\s*ahead: (?<count>\d+) assemblies$")]
    private static partial Regex ToCompile();

    [GeneratedRegex(@"^\s*ahead: (?<name>\S+)$")]
    private static partial Regex Compiling();
}

/// <summary>A lock that allows one process at a time to build.</summary>
internal static class Gate
{
    // ENOSPC and EROFS, which are equal on Linux and macOS; then Windows' errors for a full and for a write-protected disk
    private static readonly int[] _unwritable = [28, 30, unchecked((int)0x80070070), unchecked((int)0x80070013)];

    /// <summary>Waits until no other process builds.</summary>
    /// <exception cref="IOException">The folder is not writable; also <see cref="UnauthorizedAccessException"/>.</exception>
    public static FileStream Enter(string root)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(root, "artifacts")).FullName, ".lock");
        for (var told = false; ; Thread.Sleep(200))
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException error) when (!told && !_unwritable.Contains(error.HResult))
            {
                told = true;
                Build.Say("another nb is building; waiting for it");
            }
            catch (IOException error) when (!_unwritable.Contains(error.HResult))
            {
                // still locked
            }
        }
    }
}
