using System.Text.Json.Nodes;
using DeepLearning.TensorBoard;
using TorchSharp.TensorBoard;

namespace DeepLearning.Tests.TensorBoard;

public sealed class BoardOrderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Losses_come_first_then_accuracies_then_other_curves_and_those_of_one_point_last()
    {
        using (var writer = new SummaryWriter(_folder["a"]))
        {
            foreach (var tag in (string[])["Accuracy", "learning rate", "Validation loss", "Loss", "Validation accuracy"])
            {
                writer.add_scalar(tag, 1, 1);
                writer.add_scalar(tag, 2, 2);
            }
            writer.add_scalar("final/loss", 0.1f, 0);
            writer.add_scalar("a number", 7, 0);
        }

        var scalars = JsonNode.Parse(Board.Read(_folder.Path).ToJson())!["scalars"]!.AsObject();

        Assert.Equal(
            ["Loss", "Validation loss", "Accuracy", "Validation accuracy", "learning rate", "final/loss", "a number"],
            scalars.Select(curve => curve.Key));
    }

    [Fact]
    public void A_static_board_writes_its_labels_as_large_as_figures_do()
    {
        using (var writer = new SummaryWriter(_folder["a"]))
        {
            writer.add_scalar("loss", 1, 1);
            writer.add_scalar("loss", 2, 2);
        }

        Assert.DoesNotMatch("<svg [^>]*viewBox=\"0 0 640", Board.Read(_folder.Path).ToSvg());
    }
}
