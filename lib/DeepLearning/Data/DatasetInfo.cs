namespace DeepLearning.Data;

/// <summary>The names, download sources and checksums of a data set of four IDX files.</summary>
/// <param name="Name">The name of the data set.</param>
/// <param name="Folder">The folder in the plain layout; torchvision's layout has <paramref name="TorchvisionFolder"/>/raw.</param>
/// <param name="TorchvisionFolder">The folder in torchvision's layout.</param>
/// <param name="ClassNames">The names of the classes, in the order of the labels.</param>
/// <param name="Mirrors">The servers of the files, in the order of attempts.</param>
/// <param name="Md5">The checksum of each compressed file.</param>
internal sealed record DatasetInfo(
    string Name, string Folder, string TorchvisionFolder, IReadOnlyList<string> ClassNames, IReadOnlyList<Uri> Mirrors,
    IReadOnlyDictionary<string, string> Md5)
{
    public const string TrainImages = "train-images-idx3-ubyte";
    public const string TrainLabels = "train-labels-idx1-ubyte";
    public const string TestImages = "t10k-images-idx3-ubyte";
    public const string TestLabels = "t10k-labels-idx1-ubyte";

    public static DatasetInfo Mnist { get; } = new(
        "MNIST", "mnist", "MNIST", [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")],
        [new("https://ossci-datasets.s3.amazonaws.com/mnist/"), new("https://storage.googleapis.com/cvdf-datasets/mnist/")],
        new Dictionary<string, string>
        {
            [TrainImages] = "f68b3c2dcbeaaa9fbdd348bbdeb94873",
            [TrainLabels] = "d53e105ee54ea40749a09fcbcd1e9432",
            [TestImages] = "9fb629c4189551a2d022fa330f9573f3",
            [TestLabels] = "ec29112dd5afa0611ce80d1b7f02629c",
        });

    public static DatasetInfo FashionMnist { get; } = new(
        "Fashion-MNIST", "fashion-mnist", "FashionMNIST",
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
        [
            new("https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/"),
            new("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
        ],
        new Dictionary<string, string>
        {
            [TrainImages] = "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
            [TrainLabels] = "25c81989df183df01b3e8a0aad5dffbe",
            [TestImages] = "bef4ecab320f06d8554ea6380940ec79",
            [TestLabels] = "bb300cfdad3c16e7a12a480ee83cd310",
        });
}
