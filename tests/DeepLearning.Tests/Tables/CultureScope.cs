using System.Globalization;

namespace DeepLearning.Tests.Tables;

/// <summary>Sets a culture of the thread with custom formats, because tests run in globalization-invariant mode.</summary>
internal sealed class CultureScope : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    public CultureScope(string name)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator, culture.NumberFormat.NegativeSign) = name switch
        {
            "de-DE" => (",", ".", "-"),
            "sv-SE" => (",", "\u00A0", "\u2212"),
            "fr-FR" => (",", "\u202F", "-"),
            "tr-TR" => (",", ".", "-"),
            _ => throw new ArgumentException($"Unknown culture {name}.", nameof(name)),
        };
        culture.TextInfo.ListSeparator = ";";
        culture.DateTimeFormat.ShortDatePattern = "dd.MM.yyyy";
        CultureInfo.CurrentCulture = culture;
    }

    public static TheoryData<string> Names => ["de-DE", "sv-SE", "fr-FR", "tr-TR"];

    public void Dispose() => CultureInfo.CurrentCulture = _before;
}
