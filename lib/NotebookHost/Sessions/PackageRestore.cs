using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NotebookHost.Notebooks;

namespace NotebookHost.Sessions;

/// <summary>The files of packages, chosen for this machine.</summary>
/// <param name="Libraries">Managed libraries to compile against and load.</param>
/// <param name="Natives">Native libraries.</param>
/// <param name="Replacements">For each managed library that another file replaces when it is loaded, that file.</param>
/// <param name="Requested">Those of the libraries whose packages were asked for by name.</param>
/// <param name="Versions">What was chosen for each package that was asked for.</param>
/// <param name="Folders">The folder of each package, of those too that another package needs.</param>
/// <param name="Warnings">What differs from what was asked for: another version, a feed that was passed over.</param>
internal sealed record RestoredPackages(
    IReadOnlyList<string> Libraries,
    IReadOnlyList<string> Natives,
    IReadOnlyDictionary<string, string> Replacements,
    IReadOnlySet<string> Requested,
    IReadOnlyDictionary<string, string> Versions,
    IReadOnlyList<RestoredFolder> Folders,
    IReadOnlyList<string> Warnings);

/// <summary>The folder of a package.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="Version">The version that was chosen.</param>
/// <param name="Path">The folder.</param>
/// <param name="Libraries">The package's managed libraries for this machine.</param>
internal sealed record RestoredFolder(string Name, string Version, string Path, IReadOnlyList<string> Libraries);

/// <summary>
/// Has the installed SDK restore a project that asks for the packages, and reads what it chose. The project is kept by what it asks
/// for, so that the same request is answered at once and without a network.
/// </summary>
/// <param name="folder">The session's folder, from which NuGet.config files count.</param>
/// <param name="cache">Where the projects are kept.</param>
internal sealed partial class PackageRestore(string folder, string cache)
{
    private static readonly TimeSpan _newestHolds = TimeSpan.FromDays(1);
    // of what the SDK writes when it fails for a reason that has no code
    private const int LinesOfUnknown = 20;
    private const string ProjectName = "packages.csproj";
    private static readonly string[] _restore = ["restore", ProjectName, "--nologo", "--verbosity", "normal"];
    private static readonly string _target = $"net{Environment.Version.Major}.0";

    /// <summary>Restores packages.</summary>
    /// <param name="request">The packages.</param>
    /// <param name="onLine">Takes each line that the SDK writes while it restores; may be null.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="PackageException">The packages cannot be had.</exception>
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
        // NuGet takes no packages over http
        if (code != 0 && output.Contains("NU1302", StringComparison.Ordinal) && request.Sources.Where(IsInsecure).ToList() is { Count: > 0 } insecure)
        {
            passedOver.AddRange(insecure.Select(feed => $"the feed {feed} is passed over: packages are taken over https only"));
            AtomicFile.WriteAllText(Path.Combine(home, ProjectName), Project(request with { Sources = [.. request.Sources.Except(insecure)] }, folder));
            (code, output) = await SdkProcess.RunAsync(home, _restore, onLine, cancellation).ConfigureAwait(false);
        }
        // old notebooks name feeds that are gone; the others may have what is wanted
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
        // offline, the newest that was found earlier still is what there is
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

    /// <summary>Returns whether one of the packages has MSBuild targets, which may change the files that a build uses.</summary>
    private static bool HasTargets(string path)
        => File.Exists(path) && JsonNode.Parse(File.ReadAllText(path))?["targets"] is JsonObject targets
            && targets.SelectMany(target => (JsonObject)target.Value!).Any(package => package.Value?["build"] is JsonObject files
                && files.Any(file => file.Key.EndsWith(".targets", StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<string> Files(JsonNode? package, string kind, string home)
        => (package?[kind] as JsonObject ?? []).Select(file => Path.Combine(home, file.Key)).Where(path => Path.GetFileName(path) != "_._");

    /// <summary>What NuGet complains of, without the noise around it, and what can be done.</summary>
    private static string Explain(string output)
    {
        var complaints = Complaints(output).Distinct().ToList();
        if (complaints.Count == 0)
            return "The packages could not be restored: " + string.Join('\n', output.Trim().Split('\n').TakeLast(LinesOfUnknown));
        // a package that no feed has is the cause, also where other feeds could not be asked
        complaints = [.. complaints.OrderBy(complaint => complaint.StartsWith("NU1301", StringComparison.Ordinal) ? 1 : 0)];
        var advice = complaints[0][..6] switch
        {
            "NU1101" => "Check the spelling of the name, or name the feed that has it with #i \"nuget: URL\" above",
            "NU1102" or "NU1103" => "Ask for a version that exists, or leave the version out to get the newest",
            "NU1301" or "NU1302" => "Check the network and the feed's address; packages that were restored before need neither",
            "NU1107" or "NU1605" or "NU1608" => "Ask for versions that fit together",
            "NU1202" or "NU1213" => "Ask for a newer version, one made for today's .NET",
            _ => "See the documentation of that code at learn.microsoft.com/nuget/reference/errors-and-warnings",
        };
        return $"{string.Join('\n', complaints)}\n{advice}.";
    }

    /// <summary>Returns the errors among the lines of a restore; a list below one, of versions or of what needs what, belongs to it.</summary>
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
