// docfx's modern template, mended where axe finds violations
function mend() {
  const set = (selector, attribute, value) => {
    for (const element of document.querySelectorAll(`${selector}:not([${attribute}="${value}"])`)) element.setAttribute(attribute, value);
  };
  for (const [landmark, name] of [['#autocollapse', 'Site'], ['#toc', 'Types'], ['#breadcrumb', 'Breadcrumb'], ['#affix', 'In this article']]) set(landmark, 'aria-label', name);
  set('#logo', 'alt', '');
  set('a[data-bs-toggle="dropdown"]', 'role', 'button');
  set('pre > code', 'tabindex', '0');
  // a page goes from h1 to h3 and h5
  let last = 0;
  for (const heading of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    if (!heading.checkVisibility()) continue;
    last = Math.min(Number(heading.tagName[1]), last + 1);
    if (heading.ariaLevel !== `${last}`) heading.ariaLevel = `${last}`;
  }
}

export default {
  start() {
    mend();
    // the bars and the colors of code are made after this
    new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
  },
};
