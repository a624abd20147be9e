using System.Net;
using System.Text;
using ColorCode;
using ColorCode.Common;
using ColorCode.Parsing;

namespace NotebookHost.Export.Html;

/// <summary>Converts code in prose to HTML with the kinds of tokens as classes: C# with Roslyn's syntax, other languages with ColorCode if it supports them.</summary>
internal static class CodeHtml
{
    private static readonly string[] _csharp = ["csharp", "cs", "c#", "C#"];

    /// <summary>Writes code.</summary>
    /// <param name="code">The code.</param>
    /// <param name="language">The language in the Markdown; null for none.</param>
    public static string Write(string code, string? language)
    {
        if (language is null or "")
            return WebUtility.HtmlEncode(code);
        if (_csharp.Contains(language, StringComparer.Ordinal))
            return CSharpHtml.Write(code);
        return Languages.FindById(Known(language)) is { } grammar ? new Colored().Write(code, grammar) : WebUtility.HtmlEncode(code);
    }

    private static string Known(string language) => language.ToLowerInvariant() switch
    {
        "py" or "python3" or "ipython" => LanguageId.Python,
        "js" => LanguageId.JavaScript,
        "ts" => LanguageId.TypeScript,
        "ps1" or "pwsh" => LanguageId.PowerShell,
        var other => other,
    };

    private sealed class Colored : CodeColorizerBase
    {
        private readonly StringBuilder _html = new();

        public Colored()
            : base(null, null)
        {
        }

        public string Write(string code, ILanguage language)
        {
            languageParser.Parse(code, language, Write);
            return _html.ToString();
        }

        protected override void Write(string parsedSourceCode, IList<Scope> scopes)
        {
            var end = 0;
            foreach (var scope in scopes.OrderBy(scope => scope.Index))
            {
                // nested scopes
                if (scope.Index < end || Class(scope.Name) is not { } kind)
                    continue;
                Append(parsedSourceCode[end..scope.Index], null);
                end = scope.Index + scope.Length;
                Append(parsedSourceCode[scope.Index..end], kind);
            }
            Append(parsedSourceCode[end..], null);
        }

        private void Append(string text, string? kind)
        {
            if (kind is null || text.Length == 0)
                _html.Append(WebUtility.HtmlEncode(text));
            else
                _html.Append("<span class=\"").Append(kind).Append('"').Append(CSharpHtml.LanguageOf(text)).Append('>').Append(WebUtility.HtmlEncode(text)).Append("</span>");
        }

        private static string? Class(string scope) => scope switch
        {
            ScopeName.Comment or ScopeName.HtmlComment or ScopeName.XmlComment or ScopeName.XmlDocComment => "comment",
            ScopeName.String or ScopeName.StringCSharpVerbatim or ScopeName.StringEscape or ScopeName.JsonString => "string",
            ScopeName.Number or ScopeName.JsonNumber => "number",
            ScopeName.Keyword or ScopeName.PseudoKeyword or ScopeName.ControlKeyword or ScopeName.JsonConst or ScopeName.BuiltinValue => "keyword",
            ScopeName.BuiltinFunction or ScopeName.Intrinsic => "function",
            ScopeName.ClassName or ScopeName.Type or ScopeName.TypeVariable or ScopeName.HtmlElementName or ScopeName.XmlName => "type",
            ScopeName.PreprocessorKeyword or ScopeName.Attribute or ScopeName.JsonKey or ScopeName.HtmlAttributeName => "directive",
            _ => null,
        };
    }
}
