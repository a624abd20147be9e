using DeepLearning.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Models;

public sealed class TransferLearningTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("weights.pth")]
    [InlineData("weights.safetensors")]
    public void The_backbone_comes_from_the_file_and_the_head_is_new(string file)
    {
        using var pretrained = Small(classes: 10);
        Save(pretrained, file);
        var expected = Values(pretrained, "body.0.weight");
        using var model = Small(classes: 3);
        var head = Values(model, "head.weight");
        Assert.Same(model, TransferLearning.Prepare(model, _folder[file], head: "head"));
        Assert.Equal(expected, Values(model, "body.0.weight"));
        Assert.Equal(head, Values(model, "head.weight"));
        Assert.Equal(["head.weight", "head.bias"], model.named_parameters().Where(entry => entry.parameter.requires_grad).Select(entry => entry.name));
    }

    [Fact]
    public void Frozen_batch_norm_keeps_its_running_statistics()
    {
        using var model = Small(classes: 3);
        TransferLearning.Freeze(model, head: "head");
        Assert.True(model.training);
        var before = Values(model, "body.1.running_mean");
        model.call(rand(8, 4)).sum().backward();
        Assert.Equal(before, Values(model, "body.1.running_mean"));
        TransferLearning.Unfreeze(model);
        model.call(rand(8, 4)).sum().backward();
        Assert.NotEqual(before, Values(model, "body.1.running_mean"));
        Assert.All(model.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void Weights_of_another_model_and_an_unknown_head_are_rejected_without_changes()
    {
        using var other = nn.Sequential(("body", nn.Linear(2, 2)));
        other.save_py(_folder["other.pth"]);
        using var model = Small(classes: 3);
        var before = Values(model, "body.0.weight");
        Assert.Throws<InvalidOperationException>(() => TransferLearning.Prepare(model, _folder["other.pth"], "head"));
        var error = Assert.Throws<ArgumentException>(() => TransferLearning.Prepare(model, _folder["other.pth"], "fc"));
        Assert.StartsWith("The model has no parameters in 'fc'; its submodules are body, head.", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Values(model, "body.0.weight"));
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void TorchVisions_models_have_the_names_of_PyTorchs_weights()
    {
        using var pretrained = torchvision.models.resnet18(num_classes: 1000);
        // names of torchvision's resnet18 state dict
        string[] names = ["conv1.weight", "bn1.running_var", "layer1.0.conv1.weight", "layer2.0.downsample.0.weight", "layer4.1.bn2.bias", "fc.weight"];
        Assert.Subset(pretrained.state_dict().Keys.ToHashSet(), names.ToHashSet());
        pretrained.save_py(_folder["resnet18.pth"]);
        using var model = TransferLearning.Prepare(torchvision.models.resnet18(num_classes: 5), _folder["resnet18.pth"], head: "fc");
        Assert.Equal(Values(pretrained, "layer4.1.conv2.weight"), Values(model, "layer4.1.conv2.weight"));
        Assert.Equal(["fc.weight", "fc.bias"], model.named_parameters().Where(entry => entry.parameter.requires_grad).Select(entry => entry.name));
        Assert.Equal([2, 5], Predict.Values(model, rand(2, 3, 64, 64)).shape);
    }

    private static Sequential Small(int classes) =>
        nn.Sequential(("body", nn.Sequential(nn.Linear(4, 6), nn.BatchNorm1d(6), nn.ReLU())), ("head", nn.Linear(6, classes)));

    private static float[] Values(nn.Module model, string name) => model.state_dict()[name].data<float>().ToArray();

    private void Save(Sequential model, string file)
    {
        if (file.EndsWith(".pth", StringComparison.Ordinal))
            model.save_py(_folder[file]);
        else
            model.save_safetensors(_folder[file]);
    }
}
