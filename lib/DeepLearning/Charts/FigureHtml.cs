using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using DeepLearning.Display;

namespace DeepLearning.Charts;

/// <summary>
/// Writes a figure as HTML. The drawing needs no script and no network; if plotly.js is available, the interactive figure replaces it.
/// </summary>
/// <remarks>
/// plotly.js is the page's <c>window.Plotly</c>, or it is loaded from the address in the environment variable <c>PLOTLY_JS_URL</c>, which a notebook
/// host sets to the address where it serves the file. A relative address is relative to the base URL of the Jupyter server.
/// </remarks>
internal static class FigureHtml
{
    /// <summary>The name of the environment variable with the address of plotly.js.</summary>
    internal const string AddressVariable = "PLOTLY_JS_URL";

    // the function hides a module loader on the page, with which plotly.js would not become window.Plotly
    private const string Script = """
        (function () {
          var figure = $figure;
          var address = $address;
          var config = document.getElementById('jupyter-config-data');
          var base = document.body.dataset.baseUrl || (config && JSON.parse(config.textContent).baseUrl);
          function draw(Plotly) {
            document.querySelectorAll('div[data-figure="$id"]:not([data-drawn])').forEach(function (host) {
              host.setAttribute('data-drawn', '');
              var target = host.appendChild(document.createElement('div'));
              figure.layout.font = figure.layout.font || {};
              figure.layout.font.color = getComputedStyle(host).color;
              Plotly.newPlot(target, figure.data, figure.layout, { responsive: true, displaylogo: false }).then(
                function () { var drawing = host.querySelector('svg[role="img"]'); if (drawing) drawing.remove(); },
                function () { target.remove(); });
            });
          }
          if (window.Plotly) { draw(window.Plotly); return; }
          if (address && !/^([a-z]+:)?\//.test(address)) address = base && base + address;
          if (!address) return;
          window.plotlyLoading = window.plotlyLoading || fetch(address)
            .then(function (response) { return response.ok ? response.text() : Promise.reject(response.status); })
            .then(function (source) { new Function('define', 'module', 'exports', source).call(window); return window.Plotly; });
          window.plotlyLoading.then(draw).catch(function () { });
        })();
        """;

    internal static string Of(Figure figure) => Of(figure.ToJson(), SvgFigure.Draw(figure, textColor: null));

    /// <summary>Writes a figure.</summary>
    /// <param name="json">The figure in the JSON format of plotly.js.</param>
    /// <param name="drawing">The static drawing; null for none.</param>
    internal static string Of(string json, XElement? drawing)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..16];
        var address = JsonSerializer.Serialize(Environment.GetEnvironmentVariable(AddressVariable), ScriptJson.Options);
        var script = Script.Replace("$id", id, StringComparison.Ordinal).Replace("$address", address, StringComparison.Ordinal)
            .Replace("$figure", json, StringComparison.Ordinal);
        return $"<div data-figure=\"{id}\">\n{drawing}\n<script>\n{script}\n</script>\n</div>";
    }
}
