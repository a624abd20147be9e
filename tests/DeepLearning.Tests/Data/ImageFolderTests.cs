using DeepLearning.Data;
using TorchSharp.Vision;

namespace DeepLearning.Tests.Data;

public sealed class ImageFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_subfolder_is_a_class_and_files_come_in_the_order_of_their_names()
    {
        Write("dogs/b.png", 3, 2, 10);
        Write("dogs/a.PNG", 3, 2, 20);
        Write("cats/deep/c.png", 3, 2, 30);
        Write("cats/.hidden.png", 3, 2, 40);
        Write(".ipynb_checkpoints/d.png", 3, 2, 50);
        File.WriteAllText(_folder["cats/notes.txt"], "no image");
        var images = ImageFolder.Load(_folder.Path);
        Assert.Equal(["cats", "dogs"], images.ClassNames);
        Assert.Equal([0, 1, 1], images.Labels.ToArray());
        Assert.Equal((3, 3, 2, 3), (images.Channels, images.Height, images.Width, images.Count));
        // red is the value, green one more, blue two more
        Assert.Equal([30, 31, 32], new[] { 0, 6, 12 }.Select(place => images.Pixels[place]).Select(value => (int)value));
        Assert.Equal([30, 20, 10], Enumerable.Range(0, 3).Select(image => (int)images.Pixels[image * 18]));
        Assert.False(images.IsSynthetic);
    }

    [Fact]
    public void Images_of_different_sizes_are_scaled_and_cropped()
    {
        Write("a/small.png", 4, 4, 10);
        Write("a/wide.png", 8, 16, 50);
        var error = Assert.Throws<InvalidDataException>(() => ImageFolder.Load(_folder.Path));
        Assert.Contains("wide.png is 8x16, but the first image is 4x4: set ImageFolderOptions.Size.", error.Message, StringComparison.Ordinal);
        var images = ImageFolder.Load(_folder.Path, new ImageFolderOptions { Size = (8, 6) });
        Assert.Equal((2, 8, 6), (images.Count, images.Height, images.Width));
        Assert.Equal([10, 50], new[] { 0, 144 }.Select(place => (int)images.Pixels[place]));
    }

    [Fact]
    public void A_smaller_image_has_the_means_of_its_areas()
    {
        Directory.CreateDirectory(_folder["a"]);
        File.WriteAllBytes(_folder["a/x.png"], Png.Encode([0, 100, 200, 40], 2, 2, 1));
        var images = ImageFolder.Load(_folder.Path, new ImageFolderOptions { Size = (1, 1), Gray = true });
        Assert.Equal((1, 85), (images.Channels, images.Pixels[0]));
    }

    [Fact]
    public void Validation_images_have_the_labels_of_the_training_images()
    {
        Write("train/a/1.png", 1, 1, 1);
        Write("train/b/1.png", 1, 1, 1);
        Write("validation/b/1.png", 1, 1, 1);
        var train = ImageFolder.Load(_folder["train"]);
        var validation = ImageFolder.Load(_folder["validation"], new ImageFolderOptions { ClassNames = train.ClassNames });
        Assert.Equal([1], validation.Labels.ToArray());
        Assert.Equal("validation: 1 image of 1x1 in color in 2 classes", validation.ToString());
    }

    [Fact]
    public void Folders_that_have_no_images_and_damaged_files_are_reported_by_name()
    {
        Assert.Throws<DirectoryNotFoundException>(() => ImageFolder.Load(_folder["nowhere"]));
        Assert.Contains("has 0 subfolders", Assert.Throws<InvalidDataException>(() => ImageFolder.Load(_folder.Path)).Message, StringComparison.Ordinal);
        Write("a/1.png", 1, 1, 1);
        Directory.CreateDirectory(_folder["empty"]);
        Assert.Contains("empty has no image", Assert.Throws<InvalidDataException>(() => ImageFolder.Load(_folder.Path)).Message, StringComparison.Ordinal);
        File.WriteAllText(_folder["empty/broken.png"], "not an image");
        Assert.Contains("broken.png: ", Assert.Throws<InvalidDataException>(() => ImageFolder.Load(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Class_names_without_any_image_are_reported()
    {
        Write("a/1.png", 1, 1, 1);
        Assert.Contains("no images in the subfolders cats, dogs", Refused(["cats", "dogs"]), StringComparison.Ordinal);
        Assert.Contains("ClassNames has 0 names", Refused([]), StringComparison.Ordinal);

        string Refused(string[] names) => Assert.Throws<InvalidDataException>(() => ImageFolder.Load(_folder.Path, new ImageFolderOptions { ClassNames = names })).Message;
    }

    private void Write(string path, int height, int width, byte value)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[path])!);
        byte[] pixels = [.. Enumerable.Range(0, height * width).SelectMany(_ => new[] { value, (byte)(value + 1), (byte)(value + 2) })];
        File.WriteAllBytes(_folder[path], Png.Encode(pixels, height, width, 3));
    }
}
