using System.Globalization;
using System.Net;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.DotNet.Interactive;
using NotebookHost.Display;

namespace NotebookHost.Sessions;

/// <summary>Does what a cell's <c>#!</c> lines ask for, as far as it takes no C#.</summary>
internal sealed partial class CellMagics(Submissions submissions, CellOutput output)
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Shows a part of a cell that is in another language than C#.</summary>
    /// <exception cref="MagicException">It cannot be shown.</exception>
    public void Show(TextStep step)
    {
        if (MagicNames.Foreign.TryGetValue(step.Language, out var language))
            throw new MagicException($"This host runs C#; a part of a cell in {language} needs another. Leave it out, or write it in C#");
        switch (step.Language)
        {
            case "value":
                var name = Options(step.Arguments).GetValueOrDefault("name")
                    ?? throw new MagicException("#!value needs a name: #!value --name x");
                _values[name] = step.Text;
                break;
            case "markdown":
                Show(Bundler.Raw(step.Text, "text/markdown"));
                break;
            case "html":
                Show(Bundler.Raw(step.Text, "text/html"));
                break;
            case "javascript":
                Show(Bundler.Raw($"<script type=\"text/javascript\">{step.Text}</script>", "text/html"));
                break;
            case "mermaid":
                Show(new MimeBundle(
                [
                    KeyValuePair.Create("text/vnd.mermaid", step.Text),
                    KeyValuePair.Create("text/html", $"<pre class=\"mermaid\">{WebUtility.HtmlEncode(step.Text)}</pre>"),
                    KeyValuePair.Create(MimeBundle.PlainTextType, step.Text),
                ]));
                break;
        }
    }

    /// <summary>Does what a line asks for.</summary>
    /// <returns>C# that remains to be run; null when none does.</returns>
    /// <exception cref="MagicException">It cannot be done.</exception>
    public async Task<string?> DoAsync(MagicStep step)
    {
        switch (step.Name)
        {
            case "who":
                Show(Bundler.Raw(string.Join('\n', Variables().Select(variable => variable.Name)), MimeBundle.PlainTextType));
                return null;
            case "whos":
                Show(TableView.Bundle(Variables()));
                return null;
            case "about":
                var version = typeof(CellMagics).Assembly.GetName().Version!.ToString(3);
                Show(Bundler.Raw(
                    $"C# notebook host {version}\n{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}",
                    MimeBundle.PlainTextType));
                return null;
            case "lsmagic":
                var names = MagicNames.Shown.Concat(MagicNames.Actions).OrderBy(magic => magic.Key, StringComparer.Ordinal);
                Show(TableView.Bundle(names.Select(magic => new { Magic = "#!" + magic.Key, Does = magic.Value })));
                return null;
            case "set":
                var options = Options(step.Arguments);
                return Declare(
                    Wanted(options, "name", "#!set --name x --value 5"),
                    await SourceAsync(Wanted(options, "value", "#!set --name x --value 5")).ConfigureAwait(false));
            case "share":
                var shared = Options(step.Arguments);
                var from = Wanted(shared, "from", "#!share --from value x");
                var name = Wanted(shared, "", "#!share --from value x");
                return Declare(shared.GetValueOrDefault("as", name), await SourceAsync($"@{from}:{name}").ConfigureAwait(false));
            default:
                throw new MagicException(
                    $"Unknown magic command '#!{step.Name}'; did you mean #!{MagicNames.Nearest(step.Name)}? #!lsmagic lists all");
        }
    }

    private IEnumerable<Variable> Variables()
    {
        var variables = new Dictionary<string, Variable>(StringComparer.Ordinal);
        foreach (var instance in submissions.Instances)
        {
            var fields = instance.GetType().GetFields(
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly);
            foreach (var field in fields.Where(field => !field.Name.StartsWith('<') && SyntaxFacts.IsValidIdentifier(field.Name)))
            {
                var value = Bundler.From(field.GetValue(instance)).PlainText.Split('\n')[0];
                variables[field.Name] = new Variable(field.Name, Name(field.FieldType), value.Length > 80 ? value[..79] + "…" : value);
            }
        }
        return variables.Values.OrderBy(variable => variable.Name, StringComparer.Ordinal);
    }

    private static string Name(Type type)
    {
        var name = type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }

    private static string Declare(string name, string value)
        => SyntaxFacts.IsValidIdentifier(name)
            ? $"var {name} = {value};"
            : throw new MagicException($"'{name}' cannot be the name of a variable");

    /// <summary>An expression for what <c>--value</c> says.</summary>
    private async Task<string> SourceAsync(string value)
    {
        if (!value.StartsWith('@'))
        {
            return value is "true" or "false" || double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
                ? value
                : Quoted(value);
        }
        var (place, name) = value.Split(':', 2) is [var first, var second] ? (first[1..], second) : (value[1..], "");
        switch (MagicNames.Canonical(place))
        {
            case MagicNames.CSharp:
                return name;
            case "value":
                return _values.TryGetValue(name, out var text)
                    ? Quoted(text)
                    : throw new MagicException($"There is no value '{name}'; a part of a cell under #!value --name {name} makes one");
            case "input":
                return Quoted(await Kernel.AskAsync(name, isPassword: false).ConfigureAwait(false));
            case "password":
                return $"new Microsoft.DotNet.Interactive.PasswordString({Quoted(await Kernel.AskAsync(name, isPassword: true).ConfigureAwait(false))})";
            default:
                throw new MagicException($"This host runs C#; it has no variables of '{place}'. @csharp:, @value:, @input: and @password: exist");
        }
    }

    private static string Quoted(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static string Wanted(Dictionary<string, string> options, string name, string example)
        => options.GetValueOrDefault(name) ?? throw new MagicException($"Something is missing; write it like {example}");

    private static Dictionary<string, string> Options(string arguments)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match option in Option().Matches(arguments))
            options.TryAdd(option.Groups["name"].Value, option.Groups["text"].Success ? option.Groups["text"].Value : option.Groups["word"].Value);
        return options;
    }

    private void Show(MimeBundle bundle) => output.Display(Guid.NewGuid().ToString("N"), bundle);

    [GeneratedRegex("""(--(?<name>[\w-]+)(\s+|=))?("(?<text>[^"]*)"|(?<word>(?!--)\S+))""")]
    private static partial Regex Option();

    private sealed record Variable(string Name, string Type, string Value);
}

/// <summary>A magic command cannot be carried out. The message says why and what to do.</summary>
internal sealed class MagicException(string message) : Exception(message);
