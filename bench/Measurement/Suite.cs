namespace Bench.Measurement;

/// <summary>What is measured on both sides: ours in this program, PyTorch's by the script of the same name in pytorch/.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Unit">What the figures count; less is better.</param>
/// <param name="Ours">Measures our side.</param>
internal sealed record Suite(string Name, string Unit, Func<IEnumerable<Sample>> Ours);
