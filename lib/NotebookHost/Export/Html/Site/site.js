// The scripts of a site's pages. Without scripts, everything works except the search, the theme and the copy buttons.
(function () {
  'use strict';
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const wide = matchMedia('(min-width: 80rem)');

  // the selected theme; a browser may reject the storage
  function chosen(theme) {
    try {
      if (theme === undefined) return localStorage.getItem('theme');
      if (theme) localStorage.setItem('theme', theme); else localStorage.removeItem('theme');
    } catch { }
    return theme;
  }

  function show(theme) {
    // the API reference uses the same key, also with the value "auto"
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme; else delete root.dataset.theme;
    // plotly has drawn its texts in the previous color
    for (const plot of document.querySelectorAll('.js-plotly-plot')) {
      window.Plotly.relayout(plot, { 'font.color': getComputedStyle(plot.parentElement).color });
    }
  }

  // before the first paint
  root.classList.add('has-script');
  show(chosen());

  function themes() {
    dark.addEventListener('change', () => show(root.dataset.theme));
    document.querySelector('.theme').addEventListener('click', () => {
      const system = dark.matches ? 'dark' : 'light';
      const other = (root.dataset.theme || system) === 'dark' ? 'light' : 'dark';
      // if the selected theme is that of the system, the page follows the system again
      show(chosen(other === system ? '' : other));
    });
  }

  async function copy(text) {
    try {
      // a browser that requests permission or has no clipboard may never resolve the promise
      const late = new Promise((_, reject) => setTimeout(reject, 1000));
      await Promise.race([navigator.clipboard.writeText(text), late]);
    } catch {
      const area = document.body.appendChild(document.createElement('textarea'));
      area.value = text;
      area.select();
      document.execCommand('copy');
      area.remove();
    }
  }

  // adds a copy button to each code block, and with a repository, a link to run the notebook
  function codeTools(words, codespaces) {
    for (const source of document.querySelectorAll('pre.source')) {
      const frame = framed(source, 'copyable');
      const tools = frame.appendChild(document.createElement('div'));
      tools.className = 'tools';
      if (codespaces) {
        const link = tools.appendChild(document.createElement('a'));
        link.href = codespaces;
        link.textContent = words.codespaces;
      }
      const button = tools.appendChild(document.createElement('button'));
      button.type = 'button';
      button.className = 'copy';
      button.textContent = words.copy;
      button.setAttribute('aria-live', 'polite');
      button.addEventListener('click', async () => {
        await copy(source.textContent);
        button.textContent = words.copied;
        setTimeout(() => { button.textContent = words.copy; }, 2000);
      });
    }
  }

  function framed(element, kind) {
    const frame = document.createElement('div');
    frame.className = kind;
    element.replaceWith(frame);
    frame.append(element);
    return frame;
  }

  // wide content scrolls: edges with more content fade out and show an arrow, and only scrollable boxes can be focused with the keyboard
  function scrollers() {
    const boxes = new Map();
    const look = (box) => {
      const rest = box.scrollWidth - box.clientWidth;
      const isWide = box.clientWidth > 0 && rest > 1;
      const isHigh = box.clientHeight > 0 && box.scrollHeight - box.clientHeight > 1;
      const more = [isWide && box.scrollLeft > 1 && 'left', isWide && box.scrollLeft < rest - 1 && 'right'].filter(Boolean).join(' ');
      if (boxes.get(box).dataset.more !== more) boxes.get(box).dataset.more = more;
      if (isWide || isHigh) box.tabIndex = 0; else box.removeAttribute('tabindex');
    };
    const watch = new ResizeObserver((entries) => {
      for (const { target } of entries) look(boxes.has(target) ? target : target.parentElement.closest('.scrolls'));
    });
    for (const box of document.querySelectorAll('.scroll, main pre, .output.image, .output.html')) {
      const frame = box.parentElement.classList.contains('copyable') ? box.parentElement : framed(box, 'frame');
      frame.classList.add('scrollable');
      box.classList.add('scrolls');
      boxes.set(box, frame);
      box.addEventListener('scroll', () => look(box), { passive: true });
      watch.observe(box);
      for (const child of box.children) watch.observe(child);
      look(box);
    }
    document.addEventListener('drawn', (event) => { if (boxes.has(event.target)) look(event.target); });
  }

  // the heading of the section at the top of the window; near the end of the page, which cannot scroll to the top, a section further down
  function here(headings) {
    const rest = root.scrollHeight - innerHeight - scrollY;
    const line = scrollY > 0 ? 120 + Math.max(0, innerHeight - 120 - rest) : 120;
    let found = null;
    for (const heading of headings) {
      if (heading.getBoundingClientRect().top > line) break;
      found = heading;
    }
    return found;
  }

  function folds() {
    for (const fold of document.querySelectorAll('.side > nav > details')) {
      const adapt = () => { fold.open = wide.matches; };
      adapt();
      wide.addEventListener('change', adapt);
      fold.addEventListener('click', (event) => { if (event.target.closest('a') && !wide.matches) fold.open = false; });
    }
  }

  // on wide screens, the list of pages shows the sections of this page below its title
  function course() {
    const [side, sections, page] = ['.side', '.side > .contents', '.course [aria-current="page"]'].map((name) => document.querySelector(name));
    if (!side || !page) return;
    const place = () => {
      if (sections && wide.matches) page.parentElement.append(sections);
      else if (sections) side.append(sections);
      if (wide.matches) side.scrollTop = page.getBoundingClientRect().top - side.getBoundingClientRect().top + side.scrollTop - side.clientHeight / 4;
    };
    place();
    wide.addEventListener('change', place);
  }

  function contents(headings) {
    const fold = document.querySelector('.contents details');
    if (!fold) return;
    const links = new Map([...fold.querySelectorAll('a')].map((link) => [link.hash, link]));
    const listed = headings.filter((heading) => links.has('#' + encodeURIComponent(heading.id)) || links.has('#' + heading.id));
    let marked = null;
    let waiting = false;
    const mark = () => {
      waiting = false;
      const id = here(listed)?.id ?? '';
      const link = links.get('#' + encodeURIComponent(id)) ?? links.get('#' + id) ?? null;
      if (link === marked) return;
      marked?.removeAttribute('aria-current');
      link?.setAttribute('aria-current', 'location');
      marked = link;
    };
    addEventListener('scroll', () => {
      if (waiting || !wide.matches) return;
      waiting = true;
      requestAnimationFrame(mark);
    }, { passive: true });
    mark();
  }

  // Sections outside the window have estimated heights until they are drawn, so the browser may scroll to the wrong place:
  // scrolls to the target again until its position does not change. Back and forward restore the position and are left alone.
  function targets() {
    const settle = () => {
      let before = NaN;
      let frames = 60;
      const align = () => {
        const target = document.querySelector(':target');
        if (!target || frames-- === 0 || target.getBoundingClientRect().top === before) return;
        target.scrollIntoView();
        before = target.getBoundingClientRect().top;
        requestAnimationFrame(align);
      };
      requestAnimationFrame(align);
    };
    // a reader may scroll while the page is loading
    let moved = false;
    for (const kind of ['wheel', 'touchmove', 'keydown', 'pointerdown']) addEventListener(kind, () => { moved = true; }, { once: true, passive: true });
    addEventListener('load', () => { if (!moved && performance.getEntriesByType('navigation')[0]?.type === 'navigate') settle(); });
    addEventListener('click', (event) => {
      const link = event.target.closest?.('a[href]');
      if (link?.hash && link.pathname === location.pathname) settle();
    });
  }

  // sections have the same ids in all languages
  function languages(headings) {
    for (const link of document.querySelectorAll('.bar .language')) {
      link.addEventListener('click', () => { link.hash = scrollY > 0 ? here(headings)?.id ?? '' : ''; });
    }
  }

  function load(address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = address;
      script.onload = () => resolve(window.courseIndex);
      script.onerror = reject;
      document.head.append(script);
    });
  }

  function excerpt(text, words) {
    const small = text.toLowerCase();
    const first = Math.max(0, Math.min(...words.map((word) => small.indexOf(word)).filter((at) => at >= 0), text.length));
    const start = first === text.length ? 0 : Math.max(0, first - 50);
    return (start > 0 ? '…' : '') + text.slice(start, start + 180) + (start + 180 < text.length ? '…' : '');
  }

  function marked(element, text, words) {
    const pattern = new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'gi');
    let end = 0;
    for (const match of text.matchAll(pattern)) {
      const mark = document.createElement('mark');
      mark.textContent = match[0];
      element.append(text.slice(end, match.index), mark);
      end = match.index + match[0].length;
    }
    element.append(text.slice(end));
    return element;
  }

  function search(bar, say) {
    const box = bar.querySelector('.search');
    const input = box.querySelector('input');
    const panel = box.querySelector('.results');
    const [status, list] = panel.children;
    let index = null;

    function row({ address, title, heading, text }, words) {
      const link = document.createElement('a');
      link.href = address;
      const parts = heading === title ? [[heading, 'strong']] : [[heading, 'strong'], [title, 'small']];
      for (const [part, tag] of [...parts, [excerpt(text, words), 'span']]) link.append(marked(document.createElement(tag), part, words));
      const item = document.createElement('li');
      item.append(link);
      return item;
    }

    async function answer() {
      const query = input.value;
      if (!query.trim()) { panel.hidden = true; return; }
      index ??= load(bar.dataset.index).then(window.siteSearch.prepared);
      let result;
      try {
        result = window.siteSearch.find(await index, query);
      } catch {
        index = null;
        result = { words: [], found: [], problem: say.noIndex };
      }
      if (query !== input.value) return;
      list.replaceChildren(...result.found.slice(0, 50).map((section) => row(section, result.words)));
      const said = result.found.length ? (result.found.length === 1 ? say.oneResult : say.results.replace('{0}', result.found.length)) : say.noResults;
      status.textContent = result.problem ?? (result.corrected && result.found.length ? `${said} (${say.insteadOf.replace('{0}', result.words.join(' '))})` : said);
      panel.hidden = false;
      panel.scrollTop = 0;
    }

    function close() {
      panel.hidden = true;
    }

    input.addEventListener('input', answer);
    input.addEventListener('focus', answer);
    list.addEventListener('click', close);
    document.addEventListener('click', (event) => { if (!box.contains(event.target)) close(); });
    document.addEventListener('keydown', (event) => {
      const writes = event.target.closest?.('input, textarea, select, [contenteditable]');
      if (event.key === '/' && !writes && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        input.focus();
        input.select();
      }
    });
    box.addEventListener('keydown', (event) => {
      const links = [...list.querySelectorAll('a')];
      const at = links.indexOf(document.activeElement);
      if (event.key === 'Escape') {
        event.preventDefault();
        close();
        input.blur();
        document.activeElement?.blur();
      } else if (event.key === 'ArrowDown' && at + 1 < links.length) {
        event.preventDefault();
        links[at + 1].focus();
      } else if (event.key === 'ArrowUp' && at >= 0) {
        event.preventDefault();
        (links[at - 1] ?? input).focus();
      } else if (event.key === 'Enter' && at < 0) {
        links[0]?.click();
      }
    });
  }

  document.addEventListener('DOMContentLoaded', () => {
    const bar = document.querySelector('.bar');
    const words = JSON.parse(bar.dataset.words);
    const headings = [...document.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)[id]')];
    themes();
    codeTools(words, bar.dataset.codespaces);
    folds();
    course();
    contents(headings);
    languages(headings);
    targets();
    search(bar, words);
    scrollers();
  });
})();
