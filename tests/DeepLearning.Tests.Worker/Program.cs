using System.Globalization;
using DeepLearning.Tests.Worker;

// A program that tests start in several processes and kill.
switch (args)
{
    case ["train"]:
        OneTraining.Run(folder: null);
        break;
    case ["train", var folder]:
        OneTraining.Run(folder);
        break;
    case ["sweep", var folder, var processes]:
        TwelveRuns.Train(folder, int.Parse(processes, CultureInfo.InvariantCulture), isWorker: false);
        break;
    case ["worker", var folder, var processes]:
        TwelveRuns.Train(folder, int.Parse(processes, CultureInfo.InvariantCulture), isWorker: true);
        break;
    case ["together", var folder, var stopAfter, var mode]:
        TrainingTogether.Run(folder, long.Parse(stopAfter, CultureInfo.InvariantCulture), alone: mode == "alone");
        break;
    case ["sweep-rank", var folder, var processes, var mode]:
        SweepRank.Run(folder, int.Parse(processes, CultureInfo.InvariantCulture), isInitialized: mode == "initialized");
        break;
    case ["culture", var name, var folder]:
        WrittenFiles.Write(name, folder);
        break;
    case ["device"]:
        DeviceChoice.Run();
        break;
    case ["resident", var loop]:
        ResidentMemory.Train(loop);
        break;
    default:
        throw new ArgumentException($"There is no command '{string.Join(' ', args)}'.");
}
