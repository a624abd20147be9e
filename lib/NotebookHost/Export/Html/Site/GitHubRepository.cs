using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace NotebookHost.Export.Html.Site;

/// <summary>A repository on GitHub and the addresses of its pages.</summary>
/// <param name="Name">The name in the form "owner/name".</param>
internal sealed partial record GitHubRepository(string Name)
{
    /// <summary>Gets the address that creates a codespace.</summary>
    public string Codespaces => $"https://codespaces.new/{Name}?quickstart=1";

    /// <summary>Gets the page of the repository.</summary>
    public string Page => $"https://github.com/{Name}";

    /// <summary>Returns the page of a file in the default branch, by its path with "/".</summary>
    public string File(string path) => $"{Page}/blob/HEAD/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}";

    /// <summary>Parses "owner/name"; returns null for other text.</summary>
    public static GitHubRepository? Parse(string name) => NamePattern().IsMatch(name) ? new GitHubRepository(name) : null;

    /// <summary>Returns the origin of a checkout; null if the origin is not on GitHub or the folder is not a checkout.</summary>
    public static GitHubRepository? Of(string folder)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-C", folder, "remote", "get-url", "origin"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var address = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return OfAddress(address);
        }
        catch (Win32Exception)
        {
            // git is not installed
            return null;
        }
    }

    /// <summary>Returns the repository at the address of a remote; null if it is not on GitHub.</summary>
    public static GitHubRepository? OfAddress(string address)
        => AddressPattern().Match(address) is { Success: true } match ? new GitHubRepository(match.Groups["name"].Value) : null;

    [GeneratedRegex(@"\A[\w.-]+/[\w.-]+\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A(https?://|ssh://|git://)?([^/@\s]+@)?github\.com(:\d+/|[:/])(?<name>[\w.-]+/[\w.-]+?)(\.git)?/?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex AddressPattern();
}
