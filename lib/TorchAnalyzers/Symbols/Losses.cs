using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TorchAnalyzers.Symbols;

/// <summary>Recognizes the losses of classification.</summary>
internal static class Losses
{
    /// <summary>The names of the methods that compute losses from classes.</summary>
    public static readonly ISet<string> Names = new HashSet<string>(StringComparer.Ordinal) { "cross_entropy", "nll_loss", "call", "forward" };

    /// <summary>The names of the methods that compute binary losses from scores.</summary>
    public static readonly ISet<string> BinaryNames = new HashSet<string>(StringComparer.Ordinal) { "binary_cross_entropy_with_logits", "call", "forward" };

    /// <summary>Returns the parts of a call that computes cross-entropy or the negative log-likelihood; null for any other call.</summary>
    public static (string Name, IOperation Input, IOperation Target)? OfClasses(IInvocationOperation call, TorchSymbols torch)
    {
        var method = call.TargetMethod;
        if (method.Name is "cross_entropy" or "nll_loss" && torch.Declares(method))
        {
            return call.Argument("input") is { } input && call.Argument("target") is { } target ? (method.Name, input, target) : null;
        }
        if (method.Name is not ("call" or "forward") || call.Arguments.Length != 2
            || call.Instance?.Type is not { Name: "CrossEntropyLoss" or "NLLLoss" } loss || !torch.Declares(loss))
        {
            return null;
        }
        return (loss.Name, call.Arguments[0].Value.Unwrap(), call.Arguments[1].Value.Unwrap());
    }

    /// <summary>Returns the scores of a call that computes binary cross-entropy with logits; null for any other call.</summary>
    public static (string Name, IOperation Input)? OfScores(IInvocationOperation call, TorchSymbols torch)
    {
        var method = call.TargetMethod;
        if (method.Name == "binary_cross_entropy_with_logits" && torch.Declares(method))
            return call.Argument("input") is { } input ? (method.Name, input) : null;
        return method.Name is "call" or "forward" && call.Instance?.Type is { Name: "BCEWithLogitsLoss" } loss && torch.Declares(loss) && call.At(0) is { } scores
            ? (loss.Name, scores)
            : null;
    }
}
