namespace DeepLearning.Display;

/// <summary>Specifies the formatters of a type. Notebook kernels find this attribute by name, so no reference to a kernel is needed.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>Gets the type whose CreateTypeFormatters returns the formatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>Gets or sets the MIME types, the preferred one first.</summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}
