namespace NotebookHost.Checks.Compilation;

/// <summary>The exception for a notebook that cannot be compiled because a package has not been restored.</summary>
internal sealed class MissingPackageException(PackageRequest package)
    : Exception($"the package {package} has not been restored on this machine; run the notebook once to restore it");
