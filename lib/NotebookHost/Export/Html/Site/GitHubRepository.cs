using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace NotebookHost.Export.Html.Site;

/// <summary>A repository on GitHub, and the addresses of what is in it.</summary>
/// <param name="Name">As "owner/name".</param>
internal sealed partial record GitHubRepository(string Name)
{
    /// <summary>Gets where a codespace of it begins.</summary>
    public string Codespaces => $"https://codespaces.new/{Name}?quickstart=1";

    /// <summary>Its own page.</summary>
    public string Page => $"https://github.com/{Name}";

    /// <summary>Returns the page of a file, by its path with "/", in the default branch.</summary>
    public string File(string path) => $"{Page}/blob/HEAD/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}";

    /// <summary>Reads "owner/name"; null when it is something else.</summary>
    public static GitHubRepository? Parse(string name) => NamePattern().IsMatch(name) ? new GitHubRepository(name) : null;

    /// <summary>Returns the one that a checkout was cloned from; null when that was not GitHub, or it is no checkout.</summary>
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
            // there is no git
            return null;
        }
    }

    /// <summary>Returns the one that a remote's address names; null when it is not on GitHub.</summary>
    public static GitHubRepository? OfAddress(string address)
        => AddressPattern().Match(address) is { Success: true } match ? new GitHubRepository(match.Groups["name"].Value) : null;

    [GeneratedRegex(@"\A[\w.-]+/[\w.-]+\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A(https?://|ssh://|git://)?([^/@\s]+@)?github\.com(:\d+/|[:/])(?<name>[\w.-]+/[\w.-]+?)(\.git)?/?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex AddressPattern();
}
