using NotebookHost.Scripting;

namespace NotebookHost.Sessions;

/// <summary>The names of <c>#!</c> lines in cells.</summary>
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

    /// <summary>Gets the commands that begin a part of a cell in a language, with their descriptions.</summary>
    public static IReadOnlyDictionary<string, string> Shown { get; } = new Dictionary<string, string>
    {
        [CSharp] = "marks the following code as C#",
        ["markdown"] = "shows the following text as Markdown",
        ["html"] = "shows the following text as HTML",
        ["javascript"] = "runs the following JavaScript in the front end",
        ["mermaid"] = "shows the following text as a Mermaid diagram",
        ["value"] = "stores the following text: #!value --name x",
    };

    /// <summary>Gets the commands that perform an action, with their descriptions.</summary>
    public static IReadOnlyDictionary<string, string> Actions { get; } = new Dictionary<string, string>
    {
        [Time] = "shows the duration of the cell",
        ["import"] = "runs the C# code of a file: #!import FILE (.ipynb, .dib, .cs, .csx)",
        ["set"] = "declares a variable: #!set --name x --value 5, or @csharp:y, @value:y, @input:prompt, @password:prompt",
        ["share"] = "declares a variable: #!share --from value x --as y",
        [Rerun] = "reruns the cells of a lost session, in Jupyter; must be the first line of a cell",
        ["who"] = "lists the variables",
        ["whos"] = "lists the variables with types and values",
        ["about"] = "shows the version of the host",
        ["lsmagic"] = "lists the magic commands",
    };

    /// <summary>Gets the languages that only other hosts support.</summary>
    public static IReadOnlyDictionary<string, string> Foreign { get; } = new Dictionary<string, string>
    {
        ["fsharp"] = "F#",
        ["pwsh"] = "PowerShell",
        ["sql"] = "SQL",
        ["kql"] = "KQL",
        ["http"] = "HTTP",
        ["python"] = "Python",
    };

    /// <summary>Gets all names that begin a new part of a cell.</summary>
    public static IReadOnlySet<string> Languages { get; } = Shown.Keys.Concat(Foreign.Keys).ToHashSet();

    /// <summary>Returns the canonical name of an alias.</summary>
    public static string Canonical(string name) => _aliases.TryGetValue(name, out var canonical) ? canonical : name.ToLowerInvariant();

    /// <summary>Returns the name that is most similar to an unknown name.</summary>
    public static string Nearest(string name) => Shown.Keys.Concat(Actions.Keys).MinBy(known => NearestName.Edits(known, name))!;
}
