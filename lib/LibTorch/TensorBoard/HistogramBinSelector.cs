namespace TorchSharp.Utils.tensorboard.Enums;

/// <summary>How a histogram's bins are chosen: numpy's rules, or TensorFlow's fixed bins that grow by a tenth.</summary>
public enum HistogramBinSelector : byte
{
    Doane = 0,
    Rice,
    Scott,
    Sqrt,
    Stone,
    Sturges,
    Tensorflow,
}
