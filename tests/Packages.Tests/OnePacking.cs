namespace Packages.Tests;

/// <summary>Tests that share one set of packages.</summary>
[CollectionDefinition(Name)]
public sealed class OnePacking : ICollectionFixture<PackedFeed>
{
    public const string Name = "packed";
}
