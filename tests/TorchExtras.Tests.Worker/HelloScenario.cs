namespace TorchSharp.Extras.Tests.Worker;

internal static class HelloScenario
{
    /// <summary>Prints the sum of a tensor of ones, as a test that the program finds libtorch.</summary>
    [Scenario("hello")]
    public static void Run(string[] arguments)
    {
        using var ones = torch.ones(long.Parse(arguments[0]));
        using var sum = ones.sum();
        Console.WriteLine($"sum {sum.item<float>()}");
    }
}
