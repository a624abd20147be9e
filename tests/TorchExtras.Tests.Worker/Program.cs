using System.Globalization;
using TorchSharp.Extras.Tests.Worker;

// Runs one scenario. The first argument is its name. Results are lines of the output; after a failure, the exit code is 1 and the message is on
// standard error.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
try
{
    Scenarios.Find(args[0])(args[1..]);
    return 0;
}
catch (Exception error)
{
    Console.Error.WriteLine($"{error.GetType().Name}: {error.Message}");
    return 1;
}
