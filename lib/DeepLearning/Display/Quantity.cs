using System.Globalization;

namespace DeepLearning.Display;

/// <summary>Numbers with a noun, such as "1 epoch" and "60,000 images".</summary>
internal static class Quantity
{
    /// <summary>Returns a number and a noun, with an "s" unless the number is 1.</summary>
    public static string Text(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
