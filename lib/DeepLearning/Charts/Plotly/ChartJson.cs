using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DeepLearning.Display;
using Plotly.NET;

namespace DeepLearning.Charts;

/// <summary>
/// Writes a Plotly.NET chart as JSON for plotly.js. Plotly.NET's writer, Newtonsoft.Json, takes a third of a second for the first chart, writes NaN
/// as a string, and does not escape characters that end a script element.
/// </summary>
internal static class ChartJson
{
    private static readonly JsonWriterOptions _options = new() { Encoder = ScriptJson.Encoder };

    internal static string Of(GenericChart chart)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, _options))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("data");
            Write(writer, GenericChart.getTraces(chart));
            writer.WritePropertyName("layout");
            Write(writer, GenericChart.getLayout(chart));
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case double number:
                Write(writer, number);
                break;
            case float number:
                Write(writer, number);
                break;
            case DynamicObj.DynamicObj content:
                Write(writer, content);
                break;
            case IEnumerable<double?> numbers:
                WriteAll(writer, numbers, (number, to) => Write(to, number ?? double.NaN));
                break;
            case IEnumerable list:
                WriteAll(writer, list.Cast<object?>(), (element, to) => Write(to, element));
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal:
                writer.WriteRawValue(Convert.ToString(value, CultureInfo.InvariantCulture)!);
                break;
            case DateTime or DateTimeOffset or DateOnly:
                writer.WriteStringValue(((IFormattable)value).ToString("O", CultureInfo.InvariantCulture));
                break;
            default:
                writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void Write(Utf8JsonWriter writer, DynamicObj.DynamicObj content)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in content.GetProperties(true))
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }
        writer.WriteEndObject();
    }

    private static void WriteAll<T>(Utf8JsonWriter writer, IEnumerable<T> values, Action<T, Utf8JsonWriter> write)
    {
        writer.WriteStartArray();
        foreach (var value in values)
            write(value, writer);
        writer.WriteEndArray();
    }

    // most values come from float tensors; as floats they have half the digits
    private static void Write(Utf8JsonWriter writer, double number)
    {
        if (!double.IsFinite(number))
            writer.WriteNullValue();
        else if (number == (float)number)
            writer.WriteNumberValue((float)number);
        else
            writer.WriteNumberValue(number);
    }
}
