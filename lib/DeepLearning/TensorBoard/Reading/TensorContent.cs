using System.Buffers.Binary;

namespace DeepLearning.TensorBoard;

/// <summary>What a message TensorProto holds, as far as TensorBoard's plugins use it.</summary>
internal sealed record TensorContent(IReadOnlyList<double> Numbers, IReadOnlyList<string> Texts)
{
    private const int Float = 1;
    private const int Double = 2;

    public static TensorContent Read(ReadOnlySpan<byte> message)
    {
        var type = 0L;
        List<double> numbers = [];
        List<string> texts = [];
        var raw = ReadOnlySpan<byte>.Empty;
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    type = reader.Integer;
                    break;
                case 4:
                    raw = reader.Bytes;
                    break;
                case 5:
                    reader.AddFloatsTo(numbers);
                    break;
                case 6:
                    reader.AddDoublesTo(numbers);
                    break;
                case 8:
                    texts.Add(reader.Text);
                    break;
            }
        }
        for (; type == Float && raw.Length >= sizeof(float); raw = raw[sizeof(float)..])
            numbers.Add(BinaryPrimitives.ReadSingleLittleEndian(raw));
        for (; type == Double && raw.Length >= sizeof(double); raw = raw[sizeof(double)..])
            numbers.Add(BinaryPrimitives.ReadDoubleLittleEndian(raw));
        return new TensorContent(numbers, texts);
    }
}
