namespace Microsoft.Data.Analysis;

/// <summary>Which rows a join keeps.</summary>
public enum JoinAlgorithm
{
    /// <summary>All of the left frame.</summary>
    Left,

    /// <summary>All of the right frame.</summary>
    Right,

    /// <summary>All of both.</summary>
    FullOuter,

    /// <summary>Those that have a partner.</summary>
    Inner,
}
