namespace NotebookHost.Checks.Compilation;

/// <summary>A notebook cannot be compiled here yet: a package that it asks for has not been restored.</summary>
internal sealed class MissingPackageException(PackageRequest package)
    : Exception($"the package {package} has not been restored on this machine; running the notebook once does that");
