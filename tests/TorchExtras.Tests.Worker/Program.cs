using System.Globalization;
using TorchSharp.Extras.Tests.Worker;

// Runs one scenario in a process of its own. The first argument is the scenario's name. Results are lines of the output; a failure is exit code 1
// with the message on standard error.
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
