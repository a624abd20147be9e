// Writes the chart of the site's front page, with its data, from the executed copy of ./nb run notebooks/15-many-networks.ipynb:
// dotnet run --file tools/front-chart.cs, in the folder of the repository.
#:property PublishAot=false
#:property GenerateDocumentationFile=true

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

const string Name = "15-many-networks";
string[] kinds = ["application/vnd.plotly.v1+json", "image/svg+xml"];

var notebook = JsonNode.Parse(File.ReadAllText(Path.Combine("artifacts", "notebooks", $"{Name}.ipynb")))!;
var chart = notebook["cells"]!.AsArray()
    .SelectMany(cell => cell!["outputs"]?.AsArray() ?? [])
    .Select(output => output!["data"] as JsonObject)
    .Last(data => data is not null && kinds.All(data.ContainsKey))!;
var kept = new JsonObject(kinds.Select(kind => KeyValuePair.Create(kind, chart[kind]?.DeepClone())));
var options = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
File.WriteAllText(Path.Combine("docs", "site", $"{Name}.chart.json"), kept.ToJsonString(options) + "\n");
