namespace NotebookHost.Tests;

/// <summary>Tests that run cells: console, current directory and formatters are the process's, so they run one at a time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneAtATime
{
    public const string Name = "cells";
}
