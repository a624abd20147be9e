using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NotebookHost.Notebooks;

namespace NotebookHost.Sessions;

/// <summary>The files of packages for this machine.</summary>
/// <param name="Libraries">The managed libraries to reference and load.</param>
/// <param name="Natives">The native libraries.</param>
/// <param name="Replacements">The files that are loaded instead of managed libraries, by library.</param>
/// <param name="Requested">The libraries of the directly referenced packages.</param>
/// <param name="Versions">The selected versions of the directly referenced packages.</param>
/// <param name="Folders">The folders of all packages, including dependencies.</param>
/// <param name="Warnings">The differences from the request: other versions and skipped feeds.</param>
internal sealed record RestoredPackages(
    IReadOnlyList<string> Libraries,
    IReadOnlyList<string> Natives,
    IReadOnlyDictionary<string, string> Replacements,
    IReadOnlySet<string> Requested,
    IReadOnlyDictionary<string, string> Versions,
    IReadOnlyList<RestoredFolder> Folders,
    IReadOnlyList<string> Warnings);

/// <summary>The folder of a package.</summary>
/// <param name="Name">The name of the package.</param>
/// <param name="Version">The selected version.</param>
/// <param name="Path">The folder.</param>
/// <param name="Libraries">The managed libraries of the package for this machine.</param>
internal sealed record RestoredFolder(string Name, string Version, string Path, IReadOnlyList<string> Libraries);

/// <summary>
/// Restores packages with the installed SDK and a project that references them. The project is stored by its request,
/// so that the same request needs no restore and no network.
/// </summary>
/// <param name="folder">The folder of the session, whose NuGet.config files apply.</param>
/// <param name="cache">The folder of the projects.</param>
internal sealed partial class PackageRestore(string folder, string cache)
{
    private static readonly TimeSpan _newestHolds = TimeSpan.FromDays(1);
    // the number of lines to show if the SDK reports an error without a code
    private const int MaxLinesWithoutCode = 20;
    private const string ProjectName = "packages.csproj";
    private static readonly string[] _restore = ["restore", ProjectName, "--nologo", "--verbosity", "normal"];
    private static readonly string _target = $"net{Environment.Version.Major}.0";

    /// <summary>Restores packages.</summary>
    /// <param name="request">The packages.</param>
    /// <param name="onLine">A function that receives each output line of the SDK; may be null.</param>
    /// <param name="cancellation">A token that cancels the restore.</param>
    /// <exception cref="PackageException">The packages cannot be restored.</exception>
    public async Task<RestoredPackages> RestoreAsync(PackageRequest request, Action<string>? onLine, CancellationToken cancellation)
    {
        var project = Project(request, folder);
        var home = Path.Combine(cache, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project)).AsSpan(0, 10)));
        var assets = Path.Combine(home, "obj", "project.assets.json");
        var kept = Read(assets, request);
        var floats = request.Packages.Values.Any(version => version.Contains('*', StringComparison.Ordinal));
        if (kept is not null && (!floats || DateTime.UtcNow - File.GetLastWriteTimeUtc(assets) < _newestHolds))
            return kept;

        Directory.CreateDirectory(home);
        AtomicFile.WriteAllText(Path.Combine(home, ProjectName), project);
        PackageNatives.Forget(home);
        var (code, output) = await SdkProcess.RunAsync(home, _restore, onLine, cancellation).ConfigureAwait(false);
        var passedOver = new List<string>();
        // NuGet does not support feeds over http
        if (code != 0 && output.Contains("NU1302", StringComparison.Ordinal) && request.Sources.Where(IsInsecure).ToList() is { Count: > 0 } insecure)
        {
            passedOver.AddRange(insecure.Select(feed => $"the feed {feed} is skipped: only https feeds are supported"));
            AtomicFile.WriteAllText(Path.Combine(home, ProjectName), Project(request with { Sources = [.. request.Sources.Except(insecure)] }, folder));
            (code, output) = await SdkProcess.RunAsync(home, _restore, onLine, cancellation).ConfigureAwait(false);
        }
        // old notebooks reference feeds that no longer exist; other feeds may contain the packages
        if (code != 0 && output.Contains("NU1301", StringComparison.Ordinal))
        {
            var first = output;
            (code, output) = await SdkProcess.RunAsync(home, [.. _restore, "-p:RestoreIgnoreFailedSources=true"], onLine, cancellation).ConfigureAwait(false);
            output = first + output;
        }
        if (code == 0 && HasTargets(assets))
            await PackageNatives.ResolveAsync(home, ProjectName, cancellation).ConfigureAwait(false);
        if (code == 0 && Read(assets, request) is { } restored)
        {
            File.SetLastWriteTimeUtc(assets, DateTime.UtcNow);
            return restored with { Warnings = [.. passedOver, .. RestoreWarnings.PassedOver(assets), .. restored.Warnings] };
        }
        // offline, the latest version from an earlier restore is used
        return kept ?? throw new PackageException(Explain(output));
    }

    private static bool IsInsecure(string source) => source.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    private static string Project(PackageRequest request, string folder)
    {
        var packages = request.Packages.OrderBy(package => package.Key, StringComparer.Ordinal).Select(package
            => $"""    <PackageReference Include="{SecurityElement.Escape(package.Key)}" Version="{SecurityElement.Escape(package.Value)}" />""");
        return $"""
            <Project>
              <PropertyGroup>
                <ImportDirectoryBuildProps>false</ImportDirectoryBuildProps>
                <ImportDirectoryBuildTargets>false</ImportDirectoryBuildTargets>
                <ImportDirectoryPackagesProps>false</ImportDirectoryPackagesProps>
              </PropertyGroup>
              <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
              <PropertyGroup>
                <TargetFramework>{_target}</TargetFramework>
                <RuntimeIdentifier>{RuntimeInformation.RuntimeIdentifier}</RuntimeIdentifier>
                <SelfContained>false</SelfContained>
                <RestoreRootConfigDirectory>{SecurityElement.Escape(folder)}</RestoreRootConfigDirectory>
                <RestoreAdditionalProjectSources>{SecurityElement.Escape(string.Join(';', request.Sources))}</RestoreAdditionalProjectSources>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
            {string.Join('\n', packages)}
              </ItemGroup>
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
            </Project>
            """;
    }

    private static RestoredPackages? Read(string path, PackageRequest request)
    {
        if (!File.Exists(path) || JsonNode.Parse(File.ReadAllText(path)) is not JsonObject assets)
            return null;
        var roots = ((JsonObject)assets["packageFolders"]!).Select(root => root.Key).ToList();
        var places = (JsonObject)assets["libraries"]!;
        var chosen = (JsonObject)((JsonObject)assets["targets"]!).First(target => target.Key.Contains('/', StringComparison.Ordinal)).Value!;
        var (libraries, natives) = (new List<string>(), new List<string>());
        var requested = new HashSet<string>(StringComparer.Ordinal);
        var versions = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var folders = new List<RestoredFolder>();
        foreach (var (identity, files) in chosen)
        {
            var parts = identity.Split('/');
            if (request.Packages.ContainsKey(parts[0]))
                versions[parts[0]] = parts[1];
            if (places[identity]?["path"]?.GetValue<string>() is not { } place)
                continue;
            if (roots.Select(root => Path.Combine(root, place)).FirstOrDefault(Directory.Exists) is not { } home)
                return null;
            var own = Files(files, "runtime", home).Where(file => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)).ToList();
            libraries.AddRange(own);
            folders.Add(new RestoredFolder(parts[0], parts[1], home, own));
            if (request.Packages.ContainsKey(parts[0]))
                requested.UnionWith(own);
            natives.AddRange(Files(files, "native", home));
        }
        if (!request.Packages.Keys.All(versions.ContainsKey))
            return null;
        var project = Path.GetDirectoryName(Path.GetDirectoryName(path))!;
        return new RestoredPackages(
            libraries,
            PackageNatives.Gather(project, PackageNatives.Read(project) ?? natives),
            PackageReplacements.Of(project, libraries),
            requested,
            versions,
            folders,
            RestoreWarnings.OtherVersions(assets, request));
    }

    /// <summary>Returns whether one of the packages has MSBuild targets, which can change the files that a build uses.</summary>
    private static bool HasTargets(string path)
        => File.Exists(path) && JsonNode.Parse(File.ReadAllText(path))?["targets"] is JsonObject targets
            && targets.SelectMany(target => (JsonObject)target.Value!).Any(package => package.Value?["build"] is JsonObject files
                && files.Any(file => file.Key.EndsWith(".targets", StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<string> Files(JsonNode? package, string kind, string home)
        => (package?[kind] as JsonObject ?? []).Select(file => Path.Combine(home, file.Key)).Where(path => Path.GetFileName(path) != "_._");

    /// <summary>Returns the errors of NuGet, without other output, and a solution.</summary>
    private static string Explain(string output)
    {
        var complaints = Complaints(output).Distinct().ToList();
        if (complaints.Count == 0)
            return "The packages could not be restored: " + string.Join('\n', output.Trim().Split('\n').TakeLast(MaxLinesWithoutCode));
        // a package that no feed contains is the cause, even if other feeds could not be reached
        complaints = [.. complaints.OrderBy(complaint => complaint.StartsWith("NU1301", StringComparison.Ordinal) ? 1 : 0)];
        var advice = complaints[0][..6] switch
        {
            "NU1101" => "Check the spelling of the name, or add the feed that contains it with #i \"nuget: URL\" before this line",
            "NU1102" or "NU1103" => "Specify a version that exists, or omit the version to use the latest",
            "NU1301" or "NU1302" => "Check the network and the address of the feed; packages that were restored earlier require neither",
            "NU1107" or "NU1605" or "NU1608" => "Specify compatible versions",
            "NU1202" or "NU1213" => "Specify a newer version that supports the current .NET",
            _ => "See the documentation of the error code at learn.microsoft.com/nuget/reference/errors-and-warnings",
        };
        return $"{string.Join('\n', complaints)}\n{advice}.";
    }

    /// <summary>Returns the errors in the output of a restore, including the lists of versions or dependencies below them.</summary>
    private static IEnumerable<string> Complaints(string output)
    {
        string? complaint = null;
        foreach (var line in output.Split('\n').Select(line => ProjectAtEnd().Replace(line.TrimEnd(), "")))
        {
            if (Complaint().Match(line) is { Success: true } match)
            {
                if (complaint is not null)
                    yield return complaint;
                complaint = match.Groups["what"].Value.Trim();
            }
            else if (complaint is not null && Detail().IsMatch(line))
            {
                complaint += "\n  " + line.Trim();
            }
            else if (complaint is not null)
            {
                yield return complaint;
                complaint = null;
            }
        }
        if (complaint is not null)
            yield return complaint;
    }

    [GeneratedRegex(@"error (?<what>NU\d{4}: .*)")]
    private static partial Regex Complaint();

    [GeneratedRegex(@"^\s+(- |\S+ ->|\S.* -> )")]
    private static partial Regex Detail();

    [GeneratedRegex(@"\s*\[[^\[\]]*proj\]$")]
    private static partial Regex ProjectAtEnd();
}
