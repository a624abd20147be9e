namespace Bench.Measurement;

/// <summary>A set of measurements: this library's in this program, PyTorch's in the script with the same name in pytorch/.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Unit">The unit of the measurements; lower is better.</param>
/// <param name="Ours">A function that measures this library.</param>
internal sealed record Suite(string Name, string Unit, Func<IEnumerable<Sample>> Ours);
