using System.Globalization;
using DeepLearning.Tests.Worker;

// A program that tests start, several at once, and kill.
switch (args)
{
    case ["train"]:
        OneTraining.Run(folder: null);
        break;
    case ["train", var folder]:
        OneTraining.Run(folder);
        break;
    case ["sweep", var folder, var processes]:
        TwelveRuns.Train(folder, int.Parse(processes, CultureInfo.InvariantCulture));
        break;
    case ["resident", var loop]:
        ResidentMemory.Train(loop);
        break;
    default:
        throw new ArgumentException($"There is no command '{string.Join(' ', args)}'.");
}
