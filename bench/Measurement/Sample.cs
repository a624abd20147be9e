using System.Globalization;

namespace Bench.Measurement;

/// <summary>A measurement of one side. Processes exchange it as a line with name, tab and value.</summary>
internal readonly record struct Sample(string Name, double Value)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}\t{Value:R}");

    public static Sample Parse(string line)
    {
        var tab = line.LastIndexOf('\t');
        return tab > 0 && double.TryParse(line.AsSpan(tab + 1), CultureInfo.InvariantCulture, out var value)
            ? new Sample(line[..tab], value)
            : throw new FormatException($"A side printed '{line}', which is not a name, a tab and a number.");
    }
}
