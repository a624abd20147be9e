namespace DeepLearning.Display;

/// <summary>Names the formatters of a type. Notebook kernels find this attribute by its name, so that no reference to a kernel is needed.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>Gets the type whose CreateTypeFormatters returns the formatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>Gets the mime types, the preferred one first.</summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}
