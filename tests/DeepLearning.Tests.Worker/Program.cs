using DeepLearning.Tests.Worker;

// A program that tests start, several at once, and kill.
switch (args)
{
    case ["together", var folder, var stopAfter, var mode]:
        TrainingTogether.Run(folder, long.Parse(stopAfter), alone: mode == "alone");
        break;
    case ["resident", var loop]:
        ResidentMemory.Train(loop);
        break;
    default:
        throw new ArgumentException($"There is no command '{string.Join(' ', args)}'.");
}
