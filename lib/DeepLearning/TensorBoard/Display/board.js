function showBoard(root, data) {
  const state = { tab: null, smoothing: 0.6, axis: 'steps', log: false, hidden: new Set(), image: {}, depth: 2, graph: null, sort: null };
  const tabs = [['scalars', 'Scalars'], ['histograms', 'Histograms'], ['images', 'Images'], ['hparams', 'Hyperparameters'], ['graphs', 'Graphs'], ['texts', 'Texts']];
  const views = { scalars: showScalars, histograms: showHistograms, images: showImages, hparams: showHyperparameters, graphs: showGraphs, texts: showTexts };

  function html(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
      else if (value !== null && value !== false) element.setAttribute(key, value === true ? '' : value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  function svg(name, attributes, ...children) {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes || {})) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  const colorOf = (run) => data.runs.find((entry) => entry.name === run)?.color ?? 'currentColor';
  const swatch = (run) => html('span', { class: 'swatch', style: `background:${colorOf(run)}` });
  const shown = (series) => Object.entries(series).filter(([run]) => !state.hidden.has(run));
  const written = (value) => value === null || value === undefined ? '' : typeof value !== 'number' ? String(value)
    : Number.isInteger(value) ? String(value) : Number(value.toPrecision(5)).toString();

  function hasContent(tab) {
    return tab === 'hparams' ? data.runs.some((run) => Object.keys(run.settings).length) : Object.keys(data[tab]).length > 0;
  }

  function groups(tags) {
    const found = new Map();
    for (const tag of tags) {
      const group = tag.includes('/') ? tag.slice(0, tag.indexOf('/')) : '';
      found.set(group, [...(found.get(group) ?? []), tag]);
    }
    // a group of one needs no heading
    for (const [group, names] of [...found]) {
      if (group === '' || names.length > 1) continue;
      found.delete(group);
      found.set('', [...(found.get('') ?? []), ...names]);
    }
    return [...found];
  }

  function cards(tags, card) {
    return groups(tags).flatMap(([group, names]) => {
      const made = names.map(card).filter((element) => element !== null);
      return made.length === 0 ? [] : [group ? html('h4', {}, group) : null, html('div', { class: 'cards' }, ...made)].filter(Boolean);
    });
  }

  // a curve of one point says less than any other: they stand together, at the end
  function scalarCards(tags, card) {
    const isPoint = (tag) => Object.values(data.scalars[tag]).every((curve) => curve.steps.length <= 1);
    const points = tags.filter(isPoint).map(card).filter((element) => element !== null);
    const end = points.length > 0 ? [html('h4', {}, 'Single values'), html('div', { class: 'cards' }, ...points)] : [];
    return [...cards(tags.filter((tag) => !isPoint(tag)), card), ...end];
  }

  // as TensorBoard smooths: an exponential mean whose start is not drawn to zero
  function smooth(values, weight) {
    let [last, count] = [0, 0];
    return values.map((value) => {
      if (value === null) return null;
      last = last * weight + (1 - weight) * value;
      count += 1;
      return weight === 0 ? value : last / (1 - weight ** count);
    });
  }

  function ticks(min, max, count) {
    const rough = (max - min) / count;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * 0.99);
    const values = [];
    for (let value = Math.ceil(min / step) * step; value <= max + step * 1e-6; value += step) values.push(Math.abs(value) < step * 1e-6 ? 0 : value);
    return values;
  }

  function scale(values, from, to, margin) {
    let [min, max] = [Infinity, -Infinity];
    for (const value of values) { if (value < min) min = value; if (value > max) max = value; }
    if (min > max) [min, max] = [0, 1];
    if (min === max) [min, max] = [min - (Math.abs(min) / 2 || 0.5), max + (Math.abs(max) / 2 || 0.5)];
    const room = (max - min) * margin;
    const place = (value) => from + (value - min + room) / (max - min + 2 * room) * (to - from);
    return Object.assign(place, { min: min - room, max: max + room });
  }

  function axes(drawing, x, y, [left, top, right, bottom], name, labels) {
    for (const value of ticks(y.min, y.max, 5)) {
      drawing.append(svg('path', { d: `M${left} ${y(value)}H${right}`, stroke: 'currentColor', 'stroke-opacity': 0.15 }));
      drawing.append(svg('text', { x: left - 5, y: y(value) + 4, 'text-anchor': 'end' }, labels(value)));
    }
    for (const value of ticks(x.min, x.max, 5)) drawing.append(svg('text', { x: x(value), y: bottom + 14, 'text-anchor': 'middle' }, written(value)));
    drawing.append(svg('text', { x: (left + right) / 2, y: bottom + 28, 'text-anchor': 'middle', opacity: 0.75 }, name));
  }

  function path(x, y) {
    let [line, gap] = ['', true];
    x.forEach((value, i) => {
      if (y[i] === null || !Number.isFinite(y[i])) { gap = true; return; }
      line += `${gap ? 'M' : 'L'}${value.toFixed(1)} ${y[i].toFixed(1)}`;
      gap = false;
    });
    return line;
  }

  function showScalars() {
    return scalarCards(Object.keys(data.scalars), (tag) => {
      const series = shown(data.scalars[tag]);
      if (series.length === 0) return null;
      const box = [58, 8, 392, 196];
      const height = (value) => value === null || (state.log && value <= 0) ? null : state.log ? Math.log10(value) : value;
      const lines = series.map(([run, curve]) => ({ run, at: curve[state.axis], raw: curve.values, smoothed: smooth(curve.values, state.smoothing) }));
      const x = scale(lines.flatMap((line) => line.at), box[0], box[2], 0.01);
      const y = scale(lines.flatMap((line) => line.raw.map(height).filter((value) => value !== null)), box[3], box[1], 0.05);
      const drawing = svg('svg', { viewBox: '0 0 400 228', role: 'img', 'aria-label': `${tag} of ${lines.map((line) => line.run).join(', ')}` });
      axes(drawing, x, y, box, state.axis === 'steps' ? 'step' : 'seconds since the start', (value) => written(state.log ? 10 ** value : value));
      for (const line of lines) {
        const places = line.at.map(x);
        const draw = (values, attributes) => svg('path', {
          d: path(places, values.map(height).map((value) => value === null ? null : y(value))), fill: 'none', stroke: colorOf(line.run), 'stroke-linejoin': 'round', ...attributes,
        });
        if (state.smoothing > 0) drawing.append(draw(line.raw, { 'stroke-opacity': 0.25 }));
        drawing.append(draw(line.smoothed, { 'stroke-width': 2, 'data-run': line.run }));
        if (places.length === 1) drawing.append(svg('circle', { cx: places[0], cy: y(height(line.raw[0]) ?? 0), r: 3.5, fill: colorOf(line.run) }));
      }
      const figure = html('figure', {}, html('figcaption', {}, tag), drawing);
      pointer(figure, drawing, lines, x, box);
      return figure;
    });
  }

  function pointer(figure, drawing, lines, x, box) {
    const rule = svg('path', { stroke: 'currentColor', 'stroke-opacity': 0.5, visibility: 'hidden' });
    const tip = html('div', { class: 'tip', hidden: true });
    drawing.append(rule);
    figure.append(tip);
    drawing.addEventListener('pointerleave', () => { tip.hidden = true; rule.setAttribute('visibility', 'hidden'); });
    drawing.addEventListener('pointermove', (event) => {
      const area = drawing.getBoundingClientRect();
      const at = (event.clientX - area.left) / area.width * 400;
      const nearest = (line) => line.at.reduce((best, value, i) => Math.abs(x(value) - at) < Math.abs(x(line.at[best]) - at) ? i : best, 0);
      const places = lines.map((line) => [line, nearest(line)]);
      const place = x(places[0][0].at[places[0][1]]);
      rule.setAttribute('d', `M${place} ${box[1]}V${box[3]}`);
      rule.setAttribute('visibility', 'visible');
      tip.replaceChildren(...places.map(([line, i]) => html('div', {}, swatch(line.run),
        ` ${line.run}: ${written(line.raw[i])}${state.smoothing > 0 ? ` (smoothed ${written(line.smoothed[i])})` : ''} at ${written(line.at[i])}`)));
      tip.hidden = false;
      tip.style.left = `${Math.max(0, Math.min(event.clientX - figure.getBoundingClientRect().left + 12, figure.clientWidth - tip.offsetWidth))}px`;
      tip.style.top = `${drawing.offsetTop + 8}px`;
    });
  }

  function showHistograms() {
    return cards(Object.keys(data.histograms), (tag) => {
      const series = shown(data.histograms[tag]);
      return series.length === 0 ? null : html('figure', {}, html('figcaption', {}, tag), ...series.flatMap(([run, found]) => [
        html('div', { class: 'muted' }, swatch(run), ` ${run}`), ridges(tag, run, found)]));
    });
  }

  // the first step at the back, the last in front
  function ridges(tag, run, found) {
    const labelled = (row) => row === 0 || row === found.counts.length - 1;
    // about seven pixels a letter
    const room = 7 * Math.max(...found.steps.filter((_, row) => labelled(row)).map((step) => `step ${step}`.length));
    const [left, right, top, bottom] = [10, 388 - room, 60, 190];
    const drawing = svg('svg', { viewBox: '0 0 400 212', role: 'img', 'aria-label': `Histograms of ${tag} in ${run}` });
    const x = scale([found.min, found.max], left, right, 0);
    const highest = Math.max(...found.counts.flat(), 1e-9);
    found.counts.forEach((counts, row) => {
      const ground = found.counts.length === 1 ? bottom : top + (bottom - top) * row / (found.counts.length - 1);
      const width = (right - left) / counts.length;
      const line = counts.map((count, i) => `L${(left + (i + 0.5) * width).toFixed(1)} ${(ground - count / highest * 52).toFixed(1)}`).join('');
      drawing.append(svg('path', {
        d: `M${left} ${ground}${line}L${right} ${ground}Z`, fill: colorOf(run), 'fill-opacity': 0.25 + 0.5 * (row + 1) / found.counts.length,
        stroke: 'currentColor', 'stroke-opacity': 0.5, 'stroke-width': 0.6,
      }));
      if (labelled(row)) drawing.append(svg('text', { x: right + 6, y: ground + 4 }, `step ${found.steps[row]}`));
    });
    for (const value of ticks(x.min, x.max, 5)) drawing.append(svg('text', { x: x(value), y: bottom + 16, 'text-anchor': 'middle' }, written(value)));
    return drawing;
  }

  function showImages() {
    return cards(Object.keys(data.images), (tag) => {
      const series = shown(data.images[tag]);
      return series.length === 0 ? null : html('figure', {}, html('figcaption', {}, tag), ...series.flatMap(([run, images]) => {
        const key = `${tag}\n${run}`;
        const label = html('div', { class: 'muted' });
        const image = html('img', { alt: `${tag} of ${run}` });
        const pick = (i) => {
          state.image[key] = i;
          image.src = images[i].source;
          label.replaceChildren(swatch(run), ` ${run}, step ${images[i].step}`);
        };
        pick(Math.min(state.image[key] ?? images.length - 1, images.length - 1));
        return [label, image, images.length > 1
          ? html('input', { type: 'range', min: 0, max: images.length - 1, value: state.image[key], 'aria-label': `step of ${tag}`, oninput: (event) => pick(Number(event.target.value)) })
          : ''];
      }));
    });
  }

  function showHyperparameters() {
    const runs = data.runs.filter((run) => Object.keys(run.settings).length && !state.hidden.has(run.name));
    const names = (part) => [...new Set(runs.flatMap((run) => Object.keys(run[part])))];
    const columns = [['run', (run) => run.name], ...names('settings').map((name) => [name, (run) => run.settings[name]]),
      ...names('metrics').map((name) => [name, (run) => run.metrics[name]]), ['status', (run) => run.status]];
    if (state.sort !== null) {
      const [name, down] = state.sort;
      const value = columns.find(([column]) => column === name)?.[1] ?? (() => 0);
      const order = (a, b) => (a === undefined) - (b === undefined) || (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b)));
      runs.sort((a, b) => order(value(a), value(b)) * (down ? -1 : 1));
    }
    const heading = ([name]) => html('th', { 'aria-sort': state.sort?.[0] === name ? (state.sort[1] ? 'descending' : 'ascending') : null }, html('button', {
      onclick: () => { state.sort = [name, state.sort?.[0] === name ? !state.sort[1] : true]; draw(); },
    }, name, state.sort?.[0] === name ? (state.sort[1] ? ' ↓' : ' ↑') : ''));
    return [html('div', { class: 'scroll' }, html('table', {}, html('thead', {}, html('tr', {}, ...columns.map(heading))),
      html('tbody', {}, ...runs.map((run) => html('tr', {}, ...columns.map(([name, value]) => html('td', {}, name === 'run' ? swatch(run.name) : '', ` ${written(value(run))}`)))))))];
  }

  function showTexts() {
    return cards(Object.keys(data.texts), (tag) => {
      const series = shown(data.texts[tag]);
      return series.length === 0 ? null : html('figure', {}, html('figcaption', {}, tag), ...series.flatMap(([run, texts]) => texts.map((entry) =>
        html('div', {}, html('div', { class: 'muted' }, swatch(run), ` ${run}, step ${entry.step}`), html('pre', {}, entry.text)))));
    });
  }

  // nodes whose names begin alike stand together in one box, as deep as is asked for
  function collapsed(nodes, depth) {
    const boxOf = (name) => name.split('/').slice(0, depth).join('/');
    const boxes = new Map();
    for (const node of nodes) {
      const name = boxOf(node.name);
      const box = boxes.get(name) ?? { name, inputs: new Set(), kind: node.kind, count: 0, shape: '' };
      box.count += 1;
      box.shape = node.shape || box.shape;
      for (const input of node.inputs) if (boxOf(input) !== name) box.inputs.add(boxOf(input));
      boxes.set(name, box);
    }
    for (const box of boxes.values()) for (const input of box.inputs) if (!boxes.has(input)) box.inputs.delete(input);
    return boxes;
  }

  // each box stands below all that it reads; boxes that read each other, as groups may, count once
  function rowsOf(boxes) {
    const rows = new Map();
    const row = (name, above) => {
      if (rows.has(name)) return rows.get(name);
      if (above.has(name)) return -1;
      above.add(name);
      const found = 1 + Math.max(-1, ...[...boxes.get(name).inputs].map((input) => row(input, above)));
      above.delete(name);
      rows.set(name, found);
      return found;
    };
    for (const name of boxes.keys()) row(name, new Set());
    return rows;
  }

  function showGraphs() {
    const runs = Object.keys(data.graphs);
    const run = runs.includes(state.graph) ? state.graph : runs[0];
    const deepest = Math.max(...data.graphs[run].map((node) => node.name.split('/').length));
    const depth = Math.min(state.depth, deepest);
    const boxes = collapsed(data.graphs[run], depth);
    const rows = rowsOf(boxes);
    const [width, height, gapX, gapY] = [190, 42, 24, 30];
    const counts = [];
    const places = new Map([...boxes.keys()].map((name) => {
      const row = rows.get(name);
      counts[row] = (counts[row] ?? 0) + 1;
      return [name, { row, column: counts[row] - 1 }];
    }));
    const across = Math.max(...counts.filter(Boolean));
    const at = (name) => {
      const { row, column } = places.get(name);
      return [(column + (across - counts[row]) / 2) * (width + gapX) + 10, row * (height + gapY) + 10];
    };
    const size = [across * (width + gapX), counts.length * (height + gapY) + 10];
    const drawing = svg('svg', { viewBox: `0 0 ${size[0]} ${size[1]}`, style: `width:${size[0]}px`, role: 'img', 'aria-label': `Graph of ${run}` });
    for (const box of boxes.values()) {
      const [x, y] = at(box.name);
      for (const input of box.inputs) {
        const [fromX, fromY] = at(input);
        const [startX, startY, endX] = [fromX + width / 2, fromY + height, x + width / 2];
        drawing.append(svg('path', { d: `M${startX} ${startY}C${startX} ${startY + 20} ${endX} ${y - 20} ${endX} ${y}`, fill: 'none', stroke: 'currentColor', 'stroke-opacity': 0.45 }));
      }
      const short = (text) => text.length > 28 ? `…${text.slice(-27)}` : text;
      drawing.append(svg('rect', { x, y, width, height, rx: 5, fill: '#2f7fc1', 'fill-opacity': box.count > 1 ? 0.3 : 0.12, stroke: '#2f7fc1' }, svg('title', {}, box.name)),
        svg('text', { x: x + width / 2, y: y + 17, 'text-anchor': 'middle', 'font-weight': 600 }, short(box.name)),
        svg('text', { x: x + width / 2, y: y + 33, 'text-anchor': 'middle' }, short(`${box.count > 1 ? `${box.count} steps` : box.kind}${box.shape ? ` → ${box.shape}` : ''}`)));
    }
    const select = html('select', { 'aria-label': 'run', onchange: (event) => { state.graph = event.target.value; draw(); } },
      ...runs.map((name) => html('option', { selected: name === run }, name)));
    return [html('p', {}, select, ' ', html('label', {}, 'depth ', html('input', {
      type: 'range', min: 1, max: deepest, value: depth, oninput: (event) => { state.depth = Number(event.target.value); draw(); },
    }), ` ${depth} of ${deepest}`)), html('div', { class: 'scroll' }, drawing)];
  }

  function controls() {
    const field = (text, control) => html('label', { class: 'field' }, text, control);
    const parts = [];
    if (state.tab === 'scalars') {
      const weight = html('span', {}, ` ${state.smoothing}`);
      parts.push(
        html('label', { class: 'field' }, 'smoothing', weight, html('input', {
          type: 'range', min: 0, max: 0.99, step: 0.01, value: state.smoothing, class: 'smoothing',
          oninput: (event) => { state.smoothing = Number(event.target.value); weight.textContent = ` ${state.smoothing}`; drawView(); },
        })),
        field('across ', html('select', { onchange: (event) => { state.axis = event.target.value; drawView(); } },
          ...[['steps', 'step'], ['seconds', 'time']].map(([value, text]) => html('option', { value, selected: state.axis === value }, text)))),
        html('label', { class: 'field' }, html('input', { type: 'checkbox', checked: state.log, onchange: (event) => { state.log = event.target.checked; drawView(); } }), ' logarithmic'));
    }
    const run = (entry) => html('label', {}, html('input', {
      type: 'checkbox', checked: !state.hidden.has(entry.name),
      onchange: (event) => { state.hidden[event.target.checked ? 'delete' : 'add'](entry.name); drawView(); },
    }), swatch(entry.name), html('span', {}, entry.name));
    const all = html('button', { onclick: () => { state.hidden = state.hidden.size ? new Set() : new Set(data.runs.map((entry) => entry.name)); draw(); } }, 'all or none');
    return html('aside', {}, ...parts, html('div', {}, `${data.runs.length} ${data.runs.length === 1 ? 'run' : 'runs'} in ${data.folder} `, data.runs.length > 2 ? all : ''),
      html('div', { class: 'runs' }, ...data.runs.map(run)));
  }

  const view = html('div', { class: 'view' });

  function drawView() {
    const found = state.tab === null ? [] : views[state.tab]();
    view.replaceChildren(...found);
    if (state.tab !== null && view.childElementCount === 0) view.append('No run is chosen.');
  }

  function draw() {
    const there = tabs.filter(([tab]) => hasContent(tab));
    if (!there.some(([tab]) => tab === state.tab)) state.tab = there[0]?.[0] ?? null;
    if (there.length === 0) {
      root.replaceChildren(...keptStyles, html('p', {}, `There is nothing in ${data.folder} yet.`));
      return;
    }
    const menu = html('nav', { role: 'tablist' }, ...there.map(([tab, title]) =>
      html('button', { role: 'tab', 'aria-selected': String(tab === state.tab), onclick: () => { state.tab = tab; draw(); } }, title)));
    const notes = data.runs.flatMap((run) => run.notes.map((note) => html('p', { class: 'note' }, `${run.name}: ${note}`)));
    root.replaceChildren(...keptStyles, menu, html('div', { class: 'columns' }, controls(), html('div', {}, ...notes, view)));
    drawView();
  }

  const keptStyles = [...root.querySelectorAll(':scope > style')];
  draw();
  return (newer) => { data = newer; draw(); };
}

function followBoard(root, source, pause) {
  let [update, version] = [null, null];
  const state = document.createElement('p');
  state.className = 'muted';
  state.setAttribute('role', 'status');
  root.after(state);
  async function ask() {
    try {
      const response = await fetch(source, { headers: version ? { 'If-None-Match': version } : {}, cache: 'no-store' });
      if (response.status === 200) {
        version = response.headers.get('ETag');
        const data = await response.json();
        // do not replace a control while the user drags it
        if (update && root.querySelector('input[type="range"]:active')) version = null;
        else if (update) update(data);
        else update = showBoard(root, data);
      }
      state.textContent = response.ok || response.status === 304 ? '' : `The server returned status ${response.status}.`;
    } catch {
      state.textContent = 'The server has stopped. The page shows the last data.';
    }
    setTimeout(ask, pause);
  }
  ask();
}
