using System.Xml.Linq;
using DeepLearning.Display;

namespace DeepLearning.TensorBoard;

/// <summary>A run's network, as the steps that an example takes through it. Shown in a notebook, it is a drawing.</summary>
[TypeFormatterSource(typeof(BoardGraphFormatterSource), PreferredMimeTypes = ["image/svg+xml", "text/plain"])]
public sealed class BoardGraph
{
    internal BoardGraph(string run, IReadOnlyList<GraphNode> nodes) => (Run, Nodes) = (run, nodes);

    /// <summary>The run.</summary>
    public string Run { get; }

    /// <summary>The steps, in the order in which they were taken.</summary>
    public IReadOnlyList<GraphNode> Nodes { get; }

    /// <summary>The network as a drawing that needs nothing else and is legible on white and on black.</summary>
    public string ToSvg() => BoardGraphSvg.Draw(this).ToString(SaveOptions.DisableFormatting);

    /// <summary>A line a step: "conv1 (Conv2d) [100,6,24,24] ← input".</summary>
    public override string ToString() => string.Join('\n', Nodes.Select(node =>
        $"{node.Name} ({node.Kind}){(node.Shape.Length > 0 ? $" {node.Shape}" : "")}{(node.Inputs.Count > 0 ? $" ← {string.Join(", ", node.Inputs)}" : "")}"));
}
