using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace NotebookHost.Language;

/// <summary>Formats the XML comments of a symbol as text.</summary>
internal static partial class Documentation
{
    /// <summary>Returns the text of the comments; "" for none.</summary>
    public static string Of(ISymbol symbol)
    {
        if (Find(symbol) is not { } comments)
            return "";
        var text = new StringBuilder(Read(comments.Element("summary")));
        Append(text, "", comments.Elements("param").Select(element => $"{element.Attribute("name")?.Value}: {Read(element)}"));
        Append(text, "Returns: ", comments.Elements("returns").Select(Read));
        Append(text, "Value: ", comments.Elements("value").Select(Read));
        Append(text, "Throws ", comments.Elements("exception").Select(element => $"{Reference(element)}: {Read(element)}"));
        Append(text, "", comments.Elements("remarks").Select(Read));
        return text.ToString().Trim();
    }

    /// <summary>Returns the text of the comments of a method about a parameter; "" for none.</summary>
    public static string OfParameter(ISymbol method, string parameter)
        => Read(Find(method)?.Elements("param").FirstOrDefault(element => element.Attribute("name")?.Value == parameter));

    private static XElement? Find(ISymbol symbol)
    {
        // searches overridden and implemented members until one has comments
        for (var source = Original(symbol); source is not null; source = Inherited(source))
        {
            var comments = Parse(source.GetDocumentationCommentXml());
            if (comments?.Element("summary") is not null)
                return comments;
        }
        return null;
    }

    private static ISymbol Original(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { ReducedFrom: { } extension } => extension.OriginalDefinition,
        // constructors of records and default constructors use the comments of their type
        IMethodSymbol { MethodKind: MethodKind.Constructor, IsImplicitlyDeclared: true } constructor
            => constructor.ContainingType.OriginalDefinition,
        ILocalSymbol local => local.Type.OriginalDefinition,
        IParameterSymbol parameter => parameter.Type.OriginalDefinition,
        _ => symbol.OriginalDefinition,
    };

    private static ISymbol? Inherited(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { OverriddenMethod: { } method } => method.OriginalDefinition,
        IPropertySymbol { OverriddenProperty: { } property } => property.OriginalDefinition,
        // a function with the name of the type that it creates, such as torch.nn.Linear
        IMethodSymbol { MethodKind: MethodKind.Ordinary } factory when factory.ReturnType.Name == factory.Name
            => factory.ReturnType.OriginalDefinition,
        IMethodSymbol or IPropertySymbol or IEventSymbol => symbol.ContainingType.AllInterfaces
            .SelectMany(contract => contract.GetMembers(symbol.Name))
            .FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(
                symbol.ContainingType.FindImplementationForInterfaceMember(member), symbol))?.OriginalDefinition,
        _ => null,
    };

    private static XElement? Parse(string? xml)
    {
        try
        {
            return string.IsNullOrEmpty(xml) ? null : XElement.Parse(xml, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static void Append(StringBuilder text, string heading, IEnumerable<string> lines)
    {
        var written = lines.Where(line => line.Length > 0).ToList();
        if (written.Count == 0)
            return;
        text.Append("\n\n").AppendJoin('\n', written.Select(line => heading + line));
    }

    private static string Read(XElement? element)
    {
        if (element is null)
            return "";
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            text.Append(node switch
            {
                XText plain => Blanks().Replace(plain.Value, " "),
                XElement { Name.LocalName: "see" or "seealso" } see => see.Value.Length > 0 ? see.Value : Reference(see),
                XElement { Name.LocalName: "paramref" or "typeparamref" } parameter => parameter.Attribute("name")?.Value,
                XElement { Name.LocalName: "code" } code => $"\n{code.Value.Trim('\n')}\n",
                XElement { Name.LocalName: "para" } paragraph => $"\n{Read(paragraph)}\n",
                XElement { Name.LocalName: "item" } item => $"\n- {Read(item)}",
                XElement other => Read(other),
                _ => "",
            });
        }
        return text.ToString().Trim();
    }

    /// <summary>Returns the last name in a reference such as M:System.String.Join(…).</summary>
    private static string Reference(XElement element)
    {
        var target = element.Attribute("cref")?.Value ?? element.Attribute("langword")?.Value ?? element.Attribute("href")?.Value ?? "";
        var name = target.Split('(')[0];
        return Arity().Replace(name[(name.LastIndexOf('.') + 1)..], "").Split(':')[^1];
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"`+\d+")]
    private static partial Regex Arity();
}
