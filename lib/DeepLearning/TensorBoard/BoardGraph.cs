using System.Xml.Linq;
using DeepLearning.Display;

namespace DeepLearning.TensorBoard;

/// <summary>The graph of a run's model. A notebook displays it as a drawing.</summary>
[TypeFormatterSource(typeof(BoardGraphFormatterSource), PreferredMimeTypes = ["image/svg+xml", "text/plain"])]
public sealed class BoardGraph
{
    internal BoardGraph(string run, IReadOnlyList<GraphNode> nodes) => (Run, Nodes) = (run, nodes);

    /// <summary>Gets the name of the run.</summary>
    public string Run { get; }

    /// <summary>Gets the nodes, in the order of computation.</summary>
    public IReadOnlyList<GraphNode> Nodes { get; }

    /// <summary>Returns a self-contained SVG drawing, which is legible on white and on black.</summary>
    public string ToSvg() => BoardGraphSvg.Draw(this).ToString(SaveOptions.DisableFormatting);

    /// <summary>Returns a text with a line for each node: "conv1 (Conv2d) [100,6,24,24] ← input".</summary>
    public override string ToString() => string.Join('\n', Nodes.Select(node =>
        $"{node.Name} ({node.Kind}){(node.Shape.Length > 0 ? $" {node.Shape}" : "")}{(node.Inputs.Count > 0 ? $" ← {string.Join(", ", node.Inputs)}" : "")}"));
}
