using System.Text.Encodings.Web;
using System.Text.Json;
using DataFrameTests.Parity;

// Writes down what Microsoft.Data.Analysis does in the calls that DataFrame.Tests repeat
var observed = Behaviours.All.ToDictionary(behaviour => behaviour.Key, behaviour => Behaviours.Observe(behaviour.Value));
var options = new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
Console.WriteLine(JsonSerializer.Serialize(observed, options));
