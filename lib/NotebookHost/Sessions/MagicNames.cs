using NotebookHost.Scripting;

namespace NotebookHost.Sessions;

/// <summary>The <c>#!</c> lines that cells may have.</summary>
internal static class MagicNames
{
    public const string CSharp = "csharp";
    public const string Time = "time";
    public const string Rerun = "rerun";

    private static readonly Dictionary<string, string> _aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["c#"] = CSharp,
        ["md"] = "markdown",
        ["js"] = "javascript",
        ["f#"] = "fsharp",
        ["powershell"] = "pwsh",
    };

    /// <summary>What begins a part of a cell in a language, and what that does.</summary>
    public static IReadOnlyDictionary<string, string> Shown { get; } = new Dictionary<string, string>
    {
        [CSharp] = "what follows is C#",
        ["markdown"] = "shows what follows as Markdown",
        ["html"] = "shows what follows as html",
        ["javascript"] = "runs what follows in the front end",
        ["mermaid"] = "shows what follows as a Mermaid diagram",
        ["value"] = "keeps what follows as text: #!value --name x",
    };

    /// <summary>What does something, and what that is.</summary>
    public static IReadOnlyDictionary<string, string> Actions { get; } = new Dictionary<string, string>
    {
        [Time] = "shows how long the cell took",
        ["import"] = "runs a file's C# here: #!import FILE (.ipynb, .dib, .cs, .csx)",
        ["set"] = "declares a variable: #!set --name x --value 5, or @csharp:y, @value:y, @input:prompt, @password:prompt",
        ["share"] = "declares a variable: #!share --from value x --as y",
        [Rerun] = "runs the cells of a lost session again, in Jupyter; the first line of a cell",
        ["who"] = "lists the variables",
        ["whos"] = "lists the variables with types and values",
        ["about"] = "shows what runs the cells",
        ["lsmagic"] = "lists these lines",
    };

    /// <summary>Languages that other hosts know.</summary>
    public static IReadOnlyDictionary<string, string> Foreign { get; } = new Dictionary<string, string>
    {
        ["fsharp"] = "F#",
        ["pwsh"] = "PowerShell",
        ["sql"] = "SQL",
        ["kql"] = "KQL",
        ["http"] = "HTTP",
        ["python"] = "Python",
    };

    /// <summary>All that ends a part of a cell and begins another.</summary>
    public static IReadOnlySet<string> Languages { get; } = Shown.Keys.Concat(Foreign.Keys).ToHashSet();

    /// <summary>The one name for what has several.</summary>
    public static string Canonical(string name) => _aliases.TryGetValue(name, out var canonical) ? canonical : name.ToLowerInvariant();

    /// <summary>The name that looks most like one that does not exist.</summary>
    public static string Nearest(string name) => Shown.Keys.Concat(Actions.Keys).MinBy(known => NearestName.Edits(known, name))!;
}
