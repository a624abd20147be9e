using DeepLearning.Tests.Worker;

// A program that tests start, several at once, and kill.
switch (args)
{
    case ["resident", var loop]:
        ResidentMemory.Train(loop);
        break;
    default:
        throw new ArgumentException($"There is no command '{string.Join(' ', args)}'.");
}
