// Draws charts with plotly.js in the width of the page; on narrow pages, panels are stacked.
(function () {
  'use strict';
  const leastPanel = 300;
  const around = { l: 60, r: 20, t: 70, b: 60 };

  function numbered(layout, axis) {
    return Object.keys(layout).filter((name) => new RegExp(`^${axis}\\d*$`).test(name)).sort((a, b) => (parseInt(a.slice(5), 10) || 1) - (parseInt(b.slice(5), 10) || 1));
  }

  // the approximate width of a text in pixels, before it is drawn
  function widthOf(text) {
    return 7 * String(text).replace(/<[^>]*>/g, '').length;
  }

  function stacked(layout, data) {
    const copy = structuredClone({ layout, data });
    const [xs, ys] = [numbered(layout, 'xaxis'), numbered(layout, 'yaxis')];
    const margin = { ...around, ...layout.margin };
    const height = layout.height ?? 450;
    const panel = height - margin.t - margin.b;
    const gap = 110;
    const full = xs.length * panel + (xs.length - 1) * gap;
    const titles = (copy.layout.annotations ?? []).filter((note) => note.xref === 'paper' && note.yref === 'paper');
    xs.forEach((x, i) => {
      const top = 1 - i * (panel + gap) / full;
      const bottom = Math.max(0, top - panel / full);
      Object.assign(copy.layout[x], { domain: [0, 1] });
      if (ys[i]) Object.assign(copy.layout[ys[i]], { domain: [bottom, top] });
      if (titles[i]) Object.assign(titles[i], { x: 0.5, y: top });
      for (const trace of copy.data.filter((candidate) => (candidate.xaxis ?? 'x') === (i ? `x${i + 1}` : 'x'))) {
        if (trace.colorbar) Object.assign(trace.colorbar, { y: (top + bottom) / 2, len: panel / full });
      }
    });
    if (copy.layout.legend?.y < 0) copy.layout.legend.y *= panel / full;
    copy.layout.height = full + margin.t + margin.b;
    return copy;
  }

  // below this width, texts on a heat map would overlap
  function leastWidth(figure) {
    const columns = Math.max(0, ...figure.data.filter((trace) => trace.type === 'heatmap').map((trace) => trace.x?.length ?? 0));
    const texts = (figure.layout.annotations ?? []).filter((note) => note.xref !== 'paper').map((note) => widthOf(note.text));
    return columns && texts.length ? columns * (Math.max(...texts) + 6) + 150 : 0;
  }

  function fitting(figure, width) {
    const panels = numbered(figure.layout, 'xaxis').length;
    return panels > 1 && width < panels * leastPanel ? stacked(figure.layout, figure.data) : figure;
  }

  window.drawFigure = function (id, figure) {
    const host = document.getElementById(id);
    if (!window.Plotly || !host) return;
    const target = host.appendChild(document.createElement('div'));
    target.style.minWidth = `${leastWidth(figure)}px`;
    figure.layout.font = { ...figure.layout.font, color: getComputedStyle(host).color };
    let shown = fitting(figure, host.clientWidth);
    const done = window.Plotly.newPlot(target, shown.data, shown.layout, { responsive: true, displaylogo: false });
    Promise.resolve(done).then(
      () => {
        host.querySelector('.drawing')?.remove();
        host.dispatchEvent(new CustomEvent('drawn', { bubbles: true }));
        new ResizeObserver(() => {
          const next = host.clientWidth ? fitting(figure, host.clientWidth) : shown;
          if ((next === figure) === (shown === figure)) return;
          shown = next;
          shown.layout.font = { ...shown.layout.font, color: getComputedStyle(host).color };
          window.Plotly.react(target, shown.data, shown.layout);
        }).observe(host);
      },
      () => target.remove());
  };
})();
