namespace Microsoft.DotNet.Interactive;

/// <summary>A secret that somebody typed: shown as dots, read only by <see cref="GetClearTextPassword"/>.</summary>
public sealed class PasswordString(string password)
{
    /// <summary>The secret itself.</summary>
    public string GetClearTextPassword() => password;

    /// <inheritdoc/>
    public override string ToString() => "••••••••";
}
