using System.Text.RegularExpressions;
using NotebookHost.Sessions;

namespace NotebookHost.Migration;

/// <summary>Migrates the <c>#!</c> lines of the retired kernel that this host lacks or handles differently.</summary>
internal static partial class RetiredMagics
{
    /// <summary>Returns the kernels that a <c>#!connect</c> line gives names to, as cells choose them.</summary>
    public static IEnumerable<string> Connected(string source)
        => Connect().Matches(source).Select(match => match.Groups["name"].Value.ToLowerInvariant()).SelectMany(name => (string[])[name, $"sql-{name}", $"kql-{name}"]);

    /// <summary>Returns why a line is not needed, or of no use, here, and so becomes a comment; null when it is not such a line.</summary>
    public static string? Needless(MagicStep magic) => magic.Name switch
    {
        "connect" => "#!connect starts another kernel, and this host is the only one here; the line becomes a comment",
        "nuget-restore" => "packages are restored without #!nuget-restore; the line becomes a comment",
        _ => null,
    };

    /// <summary>Returns why a line does not work here and what can be done; null when it works.</summary>
    public static string? Trouble(MagicStep magic)
    {
        if (magic.Name == MagicNames.Time)
            return null;
        if (!MagicNames.Actions.ContainsKey(magic.Name))
            return $"#!{magic.Name} is not known here: if it chose a language, the cell cannot run; if not, take the line out";
        if (magic.Name == "import" && Path.GetExtension(magic.Arguments.Trim('"')).ToLowerInvariant() is not (".ipynb" or ".dib" or ".cs" or ".csx"))
            return $"#!import takes .ipynb, .dib, .cs and .csx here, not {magic.Arguments}";
        if (magic.Name is "set" or "share" && Origin().Match(magic.Arguments) is { Success: true } origin && !IsHere(origin.Groups["kernel"].Value))
            return $"#!{magic.Name} takes a value from {Language(origin.Groups["kernel"].Value)}, which does not run here; give it in C#";
        return null;
    }

    /// <summary>Returns what a language is called; a kernel of the notebook's own by its name.</summary>
    public static string Language(string name) => MagicNames.Foreign.GetValueOrDefault(MagicNames.Canonical(name), name);

    private static bool IsHere(string kernel) => MagicNames.Canonical(kernel) is MagicNames.CSharp or "value" or "input" or "password";

    [GeneratedRegex(@"^[ \t]*#!connect\b.*--kernel-name[ \t=]+(?<name>[\w-]+)", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Connect();

    [GeneratedRegex(@"--value[ =]+@(?<kernel>[\w#-]+)(:|\s|$)|--from[ =]+(?<kernel>[\w#-]+)")]
    private static partial Regex Origin();
}
