using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;

namespace NotebookHost.Display;

/// <summary>
/// Shows the charts of the package Plotly.NET without a network. The HTML of Plotly.NET loads plotly.js from the network with RequireJS, which pages
/// of notebooks do not have.
/// </summary>
/// <remarks>The host does not reference the package: it finds the type of charts by name, and gets the figure from the method that writes it as JSON.</remarks>
internal static class PlotlyCharts
{
    public const string MimeType = "application/vnd.plotly.v1+json";
    private const string Library = "Plotly.NET";
    private const string ChartType = Library + ".GenericChart";

    /// <summary>The text of a chart in other objects.</summary>
    public const string ShortSummary = "Plotly chart";

    // the kernelspec's folder is the only folder whose files a Jupyter server serves without configuration
    // plotly.js must not detect a module loader of the page, because it would not define its global variable; therefore a function hides the loader
    private const string Script = """
        (function () {
          var figure = $figure;
          var settings = document.getElementById('jupyter-config-data');
          var base = document.body.dataset.baseUrl || (settings && JSON.parse(settings.textContent).baseUrl);
          function draw(Plotly) {
            document.querySelectorAll('div[data-figure="$id"]:not([data-drawn])').forEach(function (host) {
              host.setAttribute('data-drawn', '');
              host.textContent = '';
              Plotly.newPlot(host.appendChild(document.createElement('div')), figure.data, figure.layout,
                Object.assign({ responsive: true, displaylogo: false }, figure.config), figure.frames);
            });
          }
          function load(address) {
            return fetch(address)
              .then(function (response) { return response.ok ? response.text() : Promise.reject(response.status); })
              .then(function (source) { new Function('define', 'module', 'exports', source).call(window); return window.Plotly; });
          }
          if (window.Plotly) { draw(window.Plotly); return; }
          var online = 'https://cdn.plot.ly/plotly-2.28.0.min.js';
          window.plotlyOfKernel = window.plotlyOfKernel
            || (base ? load(base + 'kernelspecs/csharp/plotly.min.js').catch(function () { return load(online); }) : load(online));
          window.plotlyOfKernel.then(draw).catch(function () { });
        })();
        """;

    /// <summary>Returns the representations of a chart; null for other values and for charts that cannot be written as JSON.</summary>
    /// <param name="value">The value.</param>
    /// <param name="html">The HTML of a formatter; null if there is none.</param>
    public static MimeBundle? Bundle(object? value, string? html)
    {
        if (value is null || TypeOf(value) is not { } type)
            return null;
        // HTML without plotly.js was written by a formatter of the notebook
        if (html is not null && !html.Contains("Plotly.newPlot", StringComparison.Ordinal) && !html.Contains("dni-", StringComparison.Ordinal))
            return null;
        if (Figure(value, type) is not { } figure)
            return null;
        var json = figure.ToJsonString();
        return new MimeBundle(
        [
            KeyValuePair.Create(MimeType, json),
            KeyValuePair.Create("text/html", Html(json, Summary(figure))),
            KeyValuePair.Create(MimeBundle.PlainTextType, Summary(figure)),
        ]);
    }

    /// <summary>Returns whether a value is a chart of Plotly.NET.</summary>
    public static bool IsChart(object value) => TypeOf(value) is not null;

    /// <summary>
    /// Registers a formatter for charts in other objects, such as a list of charts, if Plotly.NET is loaded. It replaces the formatter of the package Plotly.NET.Interactive,
    /// whose HTML requires a network.
    /// </summary>
    public static void RegisterFormatter()
    {
        foreach (var type in AppDomain.CurrentDomain.GetAssemblies().Where(library => library.GetName().Name == Library).Select(library => library.GetType(ChartType)).OfType<Type>())
        {
            Formatter.Register(type, (value, context) =>
            {
                if (Figure(value, type) is not { } figure)
                    return false;
                context.Writer.Write(Html(figure.ToJsonString(), Summary(figure)));
                return true;
            }, "text/html");
            Formatter.Register(type, (_, context) =>
            {
                context.Writer.Write(ShortSummary);
                return true;
            }, MimeBundle.PlainTextType);
        }
    }

    private static Type? TypeOf(object value)
    {
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            if (type.FullName == ChartType)
                return type;
        }
        return null;
    }

    private static JsonObject? Figure(object chart, Type type)
    {
        try
        {
            var text = type.GetMethod("toFigureJson", BindingFlags.Public | BindingFlags.Static)?.Invoke(null, [chart]) as string;
            return text is null ? null : JsonNode.Parse(text) as JsonObject;
        }
        catch (Exception error) when (error is TargetInvocationException or AmbiguousMatchException or JsonException)
        {
            return null;
        }
    }

    private static string Html(string figure, string summary)
    {
        // in a script, "</script>" and "<!--" have a special meaning
        var safe = figure.Replace("<", "\\u003c", StringComparison.Ordinal);
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(figure)))[..16];
        var script = Script.Replace("$id", id, StringComparison.Ordinal).Replace("$figure", safe, StringComparison.Ordinal);
        return $"<div data-figure=\"{id}\">{System.Net.WebUtility.HtmlEncode(summary)}</div>\n<script>\n{script}\n</script>";
    }

    private static string Summary(JsonObject figure)
    {
        var kinds = (figure["data"] as JsonArray ?? []).Select(trace => trace?["type"]?.ToString() ?? "scatter").GroupBy(kind => kind)
            .Select(kind => kind.Count() > 1 ? $"{kind.Count()} × {kind.Key}" : kind.Key);
        var title = figure["layout"]?["title"] is JsonObject text ? text["text"]?.ToString() : null;
        return $"Plotly chart{(string.IsNullOrEmpty(title) ? "" : $" \"{title}\"")}: {string.Join(", ", kinds)}";
    }
}
