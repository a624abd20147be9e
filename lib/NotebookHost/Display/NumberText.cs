using System.Text.RegularExpressions;

namespace NotebookHost.Display;

/// <summary>Determines the cells of tables that are aligned as numbers, in outputs and on exported pages.</summary>
internal static partial class NumberText
{
    /// <summary>
    /// Returns whether a text is a number: a sign, digits, an exponent, and a unit or a percent sign. A single dash, NaN or infinity is a
    /// number, too.
    /// </summary>
    public static bool Is(string text) => Number().IsMatch(text);

    [GeneratedRegex(@"\A(?:[-+−±<>≈~]?\s?[\d.,'  ]*\d[\d.,]*(?:[eE][-+]?\d+)?(?:\s?(?:%|‰|x|×|[numµμ]?s|ms|min|h|[KMGT]?i?B|[kM]|°))?|NaN|-?(?:∞|Infinity)|[-–—])\z")]
    private static partial Regex Number();
}
