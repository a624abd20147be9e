using System.Text.RegularExpressions;

namespace NotebookHost.Display;

/// <summary>Tells the cells of a table that are aligned as numbers, here and on exported pages.</summary>
internal static partial class NumberText
{
    /// <summary>
    /// Returns whether a text is one number: a sign, digits, a power of ten, and a unit or a sign of proportion after it. A lone dash or NaN stands for a
    /// number that there is none of.
    /// </summary>
    public static bool Is(string text) => Number().IsMatch(text);

    [GeneratedRegex(@"\A(?:[-+−±<>≈~]?\s?[\d.,'  ]*\d[\d.,]*(?:[eE][-+]?\d+)?(?:\s?(?:%|‰|x|×|[numµμ]?s|ms|min|h|[KMGT]?i?B|[kM]|°))?|NaN|-?∞|[-–—])\z")]
    private static partial Regex Number();
}
