namespace Microsoft.Data.Analysis;

/// <summary>Which rows <see cref="DataFrame.DropNulls"/> leaves out.</summary>
public enum DropNullOptions
{
    /// <summary>Those with a null.</summary>
    Any,

    /// <summary>Those with nothing but nulls.</summary>
    All,
}
