using System.Text.RegularExpressions;
using NotebookHost.Sessions;

namespace NotebookHost.Migration;

/// <summary>Migrates the <c>#!</c> lines of the retired kernel that this host lacks or handles differently.</summary>
internal static partial class RetiredMagics
{
    /// <summary>Returns the names of the kernels that <c>#!connect</c> lines define, as used by cells.</summary>
    public static IEnumerable<string> Connected(string source)
        => Connect().Matches(source).Select(match => match.Groups["name"].Value.ToLowerInvariant()).SelectMany(name => (string[])[name, $"sql-{name}", $"kql-{name}"]);

    /// <summary>Returns why a line is unnecessary or has no effect and becomes a comment; null for other lines.</summary>
    public static string? Unnecessary(MagicStep magic) => magic.Name switch
    {
        "connect" => "#!connect starts another kernel, which this host does not support; the line becomes a comment",
        "nuget-restore" => "packages are restored automatically; the line becomes a comment",
        _ => null,
    };

    /// <summary>Returns why this host does not support a line and what to do; null if it supports the line.</summary>
    public static string? Problem(MagicStep magic)
    {
        if (magic.Name == MagicNames.Time)
            return null;
        if (!MagicNames.Actions.ContainsKey(magic.Name))
            return $"#!{magic.Name} is unknown: if it selects a language, the cell cannot run; otherwise remove the line";
        if (magic.Name == "import" && Path.GetExtension(magic.Arguments.Trim('"')).ToLowerInvariant() is not (".ipynb" or ".dib" or ".cs" or ".csx"))
            return $"#!import supports .ipynb, .dib, .cs and .csx, not {magic.Arguments}";
        if (magic.Name is "set" or "share" && Origin().Match(magic.Arguments) is { Success: true } origin && !IsSupported(origin.Groups["kernel"].Value))
            return $"#!{magic.Name} takes a value from {Language(origin.Groups["kernel"].Value)}, which this host does not run; set the value in C#";
        return null;
    }

    /// <summary>Returns the display name of a language; for a kernel of the notebook, its name.</summary>
    public static string Language(string name) => MagicNames.Foreign.GetValueOrDefault(MagicNames.Canonical(name), name);

    private static bool IsSupported(string kernel) => MagicNames.Canonical(kernel) is MagicNames.CSharp or "value" or "input" or "password";

    [GeneratedRegex(@"^[ \t]*#!connect\b.*--kernel-name[ \t=]+(?<name>[\w-]+)", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Connect();

    [GeneratedRegex(@"--value[ =]+@(?<kernel>[\w#-]+)(:|\s|$)|--from[ =]+(?<kernel>[\w#-]+)")]
    private static partial Regex Origin();
}
