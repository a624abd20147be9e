using System.Security.Cryptography;
using System.Text;

namespace DeepLearning.Charts;

/// <summary>Writes a figure as html that shows without a script and without a network, and comes alive where plotly.js is at hand.</summary>
internal static class FigureHtml
{
    // The kernelspec's folder is the one place that a Jupyter server gives files out from without being asked.
    // A module loader on the page must not see plotly.js: it would keep it to itself; hence the function around it.
    private const string Script = """
        (function () {
          var figure = $figure;
          var config = document.getElementById('jupyter-config-data');
          var base = document.body.dataset.baseUrl || (config && JSON.parse(config.textContent).baseUrl);
          function draw(Plotly) {
            document.querySelectorAll('div[data-figure="$id"]:not([data-drawn])').forEach(function (host) {
              host.setAttribute('data-drawn', '');
              var target = host.appendChild(document.createElement('div'));
              figure.layout.font.color = getComputedStyle(host).color;
              Plotly.newPlot(target, figure.data, figure.layout, { responsive: true, displaylogo: false }).then(
                function () { host.querySelector('svg[role="img"]').remove(); },
                function () { target.remove(); });
            });
          }
          if (window.Plotly) { draw(window.Plotly); return; }
          if (!base) return;
          window.plotlyOfKernel = window.plotlyOfKernel || fetch(base + 'kernelspecs/csharp/plotly.min.js')
            .then(function (response) { return response.ok ? response.text() : Promise.reject(response.status); })
            .then(function (source) { new Function('define', 'module', 'exports', source).call(window); return window.Plotly; });
          window.plotlyOfKernel.then(draw).catch(function () { });
        })();
        """;

    internal static string Of(Figure figure)
    {
        var json = figure.ToJson();
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..16];
        var script = Script.Replace("$id", id).Replace("$figure", json);
        return $"<div data-figure=\"{id}\">\n{SvgFigure.Draw(figure, textColor: null)}\n<script>\n{script}\n</script>\n</div>";
    }
}
