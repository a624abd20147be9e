namespace DeepLearning.Display;

/// <summary>Names the formatters of a type. Notebook kernels look it up by its name, so that no reference to a kernel is needed.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>The type whose CreateTypeFormatters makes the formatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The mime types to show a value as, the best first.</summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}
