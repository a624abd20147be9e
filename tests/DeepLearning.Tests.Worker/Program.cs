using DeepLearning.Tests.Worker;

// A program that tests start several times at once, and kill.
switch (args)
{
    case ["train"]:
        OneTraining.Run(folder: null);
        break;
    case ["train", var folder]:
        OneTraining.Run(folder);
        break;
    case ["sweep", var folder, var processes]:
        TwelveRuns.Train(folder, int.Parse(processes));
        break;
    case ["together", var folder, var stopAfter]:
        TrainingTogether.Run(folder, long.Parse(stopAfter));
        break;
    default:
        throw new ArgumentException($"There is no '{string.Join(' ', args)}'.");
}
