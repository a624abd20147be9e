using System.Collections;
using System.Net;
using System.Text;
using Microsoft.DotNet.Interactive.Formatting;

namespace NotebookHost.Display.Values;

/// <summary>Writes the beginning of a computed sequence and the exception that ended it.</summary>
internal static class SequenceText
{
    /// <param name="sequence">The sequence.</param>
    /// <param name="context">The context that receives the text.</param>
    /// <param name="items">A function that formats the items as an array.</param>
    public static bool WritePlain(IEnumerable sequence, FormatContext context, ITypeFormatter items)
    {
        var first = Sequences.Read(sequence, DefaultFormatters.Plain, Formatter.ListExpansionLimit);
        if (!FormatScope.TryEnter(sequence))
            return DefaultFormatters.Write(context, CSharpNames.Of(first.Type));
        try
        {
            if (AreScalars(first))
            {
                var texts = first.Items.Cast<object?>().Select(ScalarText.Of);
                var text = new StringBuilder("[ ").AppendJoin(", ", texts).Append(first.HasMore ? " ... (more) ]" : " ]").ToString();
                return DefaultFormatters.Write(context, text + Failure(first, "\n"));
            }
            using var apart = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
            var inner = new FormatContext(apart);
            FormattingInternals.SetDepth(inner, context.Depth);
            items.Format(FrameworkItems.Of(first.Items), inner);
            // the first line is the type of the items' collection, which is not the type of the sequence
            var lines = apart.ToString().Split('\n', 2);
            var rest = lines.Length > 1 ? "\n" + lines[1] : "";
            return DefaultFormatters.Write(context, $"{CSharpNames.Of(first.Type)}{rest.TrimEnd()}{(first.HasMore ? "\n... (more)" : "")}{Failure(first, "\n")}");
        }
        finally
        {
            FormatScope.Leave();
        }
    }

    /// <param name="sequence">The sequence.</param>
    /// <param name="context">The context that receives the HTML.</param>
    /// <param name="items">A function that formats the items as an array.</param>
    public static bool WriteHtml(IEnumerable sequence, FormatContext context, ITypeFormatter items)
    {
        var first = Sequences.Read(sequence, DefaultFormatters.Html, Formatter.ListExpansionLimit);
        if (!FormatScope.TryEnter(sequence))
            return DefaultFormatters.WriteHtml(context, CSharpNames.Of(first.Type));
        try
        {
            if (AreScalars(first))
            {
                var texts = first.Items.Cast<object?>().Select(ScalarText.Of);
                DefaultFormatters.WriteHtml(context, new StringBuilder("[ ").AppendJoin(", ", texts).Append(first.HasMore ? " ... (more) ]" : " ]").ToString());
            }
            else
            {
                items.Format(FrameworkItems.Of(first.Items), context);
                if (first.HasMore)
                    context.Writer.Write("<i>... (more)</i>");
            }
            if (first.Error is not null)
                context.Writer.Write($"<pre>{WebUtility.HtmlEncode(Failure(first, ""))}</pre>");
            return true;
        }
        finally
        {
            FormatScope.Leave();
        }
    }

    private static bool AreScalars(FirstItems first) => first.Items.Cast<object?>().All(ScalarText.IsScalar);

    private static string Failure(FirstItems first, string separator)
        => first.Error is { } error ? $"{separator}{ShortText.OfError(error)}" : "";
}
