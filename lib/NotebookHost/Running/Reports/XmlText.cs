using System.Text;
using System.Xml;
using System.Xml.Linq;
using NotebookHost.Notebooks;

namespace NotebookHost.Running.Reports;

/// <summary>Writes XML text and files.</summary>
internal static class XmlText
{
    /// <summary>Returns the text with U+FFFD instead of characters that XML does not allow, such as the escape character of terminals.</summary>
    public static string Of(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                clean.Append(text[i]).Append(text[++i]);
            else
                clean.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
        }
        return clean.ToString();
    }

    public static void Write(string path, XElement root)
        => AtomicFile.WriteAllText(path, $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{root}\n");
}
