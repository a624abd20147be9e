using System.Globalization;

namespace DeepLearning.Data;

/// <summary>Compares lists of numbers by value and shows them as text.</summary>
internal static class NumberLists
{
    private const int MostShown = 10;

    /// <summary>Returns the first numbers as text, such as "0.5, 2, …".</summary>
    public static string Text(IReadOnlyList<double> numbers) => Text(numbers.Select(number => number.ToString("0.####", CultureInfo.InvariantCulture)), numbers.Count);

    /// <summary>Returns the first texts of a list, separated by commas.</summary>
    public static string Text(IReadOnlyList<string> texts) => Text(texts, texts.Count);

    public static int Hash(IEnumerable<double> numbers) => numbers.Aggregate(0, HashCode.Combine);

    private static string Text(IEnumerable<string> texts, int count) =>
        string.Join(", ", texts.Take(MostShown)) + (count > MostShown ? $", … ({count - MostShown} more)" : "");
}
