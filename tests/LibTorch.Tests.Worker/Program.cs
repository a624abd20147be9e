using System.Globalization;
using LibTorch.Tests.Worker;
using TorchSharp;

// What one of several processes does in a test: the first argument names it. Results are lines of the output; a failure is exit code 1 with
// its message on standard error.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
try
{
    Scenarios.Named(args[0])(args[1..]);
    return 0;
}
catch (Exception error) when (error is torch.distributed.DistError or InvalidOperationException or ArgumentException)
{
    Console.Error.WriteLine($"{error.GetType().Name}: {error.Message}");
    return 1;
}
