namespace NotebookHost.Sessions;

/// <summary>Words the error of code that asks for input where nobody can answer.</summary>
internal static class InputRefusal
{
    /// <param name="prompt">What the code asks; may be empty.</param>
    public static InvalidOperationException For(string prompt)
    {
        var question = prompt.Length > 0 ? $" ({prompt.Trim()})" : "";
        return new InvalidOperationException(
            $"The notebook asks for input{question}, but runs where nobody can answer; run it in Jupyter, or make what it asks for a parameter");
    }
}
