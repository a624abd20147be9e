// A program that tests start, several at once, and kill.
switch (args)
{
    case ["together", var folder, var stopAfter, var mode]:
        DeepLearning.Tests.Worker.TrainingTogether.Run(folder, long.Parse(stopAfter), alone: mode == "alone");
        break;
    default:
        throw new ArgumentException($"There is no command '{string.Join(' ', args)}'.");
}
