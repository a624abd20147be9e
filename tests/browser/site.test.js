import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, root, screenshots } from './chromium.js';
import { Site } from './site.js';

// every page of the site as readers see it: phones, tablets and desktops, light and dark, English and Chinese
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const widths = [390, 820, 1400];
const chapters = readdirSync(join(root, 'notebooks')).filter((file) => file.endsWith('.ipynb'));
let site, browser;

before(async () => {
  site = await Site.start();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await site?.stop();
});

async function open(path, { width = 1400, colorScheme = 'light', all = true } = {}) {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  page.setDefaultTimeout(0);
  page.errors = [];
  page.on('pageerror', (error) => page.errors.push(String(error)));
  await page.goto(`${site.address}/${path}`);
  // what is out of sight is not laid out otherwise
  if (all) await page.addStyleTag({ content: 'section { content-visibility: visible !important; }' });
  await page.evaluate(() => { for (const fold of document.querySelectorAll('main details')) fold.open = true; });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return page;
}

/** What a page of a width shows wrongly: empty where all is well. */
function faults() {
  const found = [];
  const name = (element) => `${element.tagName.toLowerCase()}.${element.className?.baseVal ?? element.className}: ${element.textContent.trim().slice(0, 40)}`;
  const seen = (element) => element.getClientRects().length > 0;
  if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} pixels wide`);
  for (const element of document.querySelectorAll('main *, .side *, .bar .home')) {
    const style = getComputedStyle(element);
    const hidden = element.scrollWidth - element.clientWidth;
    if (hidden <= 1 || element.clientWidth === 0 || ['visible', 'clip'].includes(style.overflowX) || element.closest('.js-plotly-plot, .board, .visually-hidden')) continue;
    if (style.textOverflow === 'ellipsis') found.push(`cut: ${name(element)}`);
    else if (style.overflowX === 'hidden') found.push(`hidden: ${name(element)}`);
    else if (!element.closest('.scrollable')?.dataset.more) found.push(`scrolls without a sign: ${name(element)}`);
    else if (element.tabIndex !== 0) found.push(`scrolls for the pointer only: ${name(element)}`);
  }
  for (const text of document.querySelectorAll('main svg text')) {
    const size = parseFloat(getComputedStyle(text).fontSize) * (text.getScreenCTM()?.a ** 2 + text.getScreenCTM()?.b ** 2) ** 0.5;
    if (seen(text) && text.textContent.trim() && size < 8.95 && !text.closest('.board')) found.push(`${size.toFixed(1)} pixels: ${name(text)}`);
  }
  for (const image of document.images) if (image.loading !== 'lazy' && image.complete && image.naturalWidth === 0) found.push(`no image: ${image.src.slice(0, 60)}`);
  const chinese = /[\u3400-\u9fff]/;
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: parent, data } = walker.currentNode;
    if (chinese.test(data) && parent.closest('script, style') === null && getComputedStyle(parent).fontStyle !== 'normal') found.push(`slanted Chinese: ${data.trim().slice(0, 40)}`);
  }
  const number = /^[-+−]?[\d.,]+(e[-+]?\d+)?\s?%?$/;
  for (const table of document.querySelectorAll('main table')) {
    const columns = [];
    for (const row of table.rows) [...row.cells].forEach((cell, i) => { if (!cell.closest('thead')) (columns[i] ??= []).push(cell); });
    for (const cells of columns.filter(Boolean)) {
      const full = cells.filter((cell) => cell.textContent.trim());
      const isNumbers = full.length > 0 && full.every((cell) => number.test(cell.textContent.trim()));
      const wrong = full.find((cell) => isNumbers !== ['right', 'end'].includes(getComputedStyle(cell).textAlign) && (isNumbers || cell.classList.length === 0 && !cell.style.textAlign));
      if (wrong) found.push(`${isNumbers ? 'a number on the left' : 'a text on the right'}: ${name(wrong)}`);
    }
  }
  return [...new Set(found)];
}

for (const width of widths) {
  test(`at ${width} pixels no page hides, cuts or shrinks anything without saying so`, async () => {
    const wrong = {};
    for (const path of site.pages) {
      const page = await open(path, { width });
      const found = [...await page.evaluate(faults), ...page.errors];
      if (found.length > 0) wrong[path] = found.slice(0, 5);
      await page.close();
    }
    assert.deepEqual(wrong, {});
  });
}

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds no violation on any page, ${colorScheme}`, async () => {
    const wrong = {};
    for (const path of site.pages) {
      const page = await open(path, { colorScheme });
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      if (violations.length > 0) wrong[path] = violations.map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0].target} ${nodes[0].failureSummary}`);
      await page.close();
    }
    assert.deepEqual(wrong, {});
  });
}

test('axe finds no violation in the API reference, and its pages fit into the window', async () => {
  const wrong = {};
  for (const path of site.apiPages) {
    for (const [width, colorScheme] of [[390, 'dark'], [1400, 'dark'], [1400, 'light']]) {
      const page = await open(path, { width, colorScheme });
      // its scripts make the bars
      await page.locator('#navpanel a', { hasText: 'The course' }).waitFor({ state: 'attached' });
      await page.locator('#breadcrumb a, [data-yaml-mime=""]').first().waitFor({ state: 'attached' });
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      const found = [...violations.map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0].target}`), ...page.errors];
      if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) found.push('the page is too wide');
      const bar = await page.locator('header').boundingBox();
      if (bar.height > 80) found.push(`the bar is ${bar.height} pixels high`);
      if (found.length > 0) wrong[`${path} ${width} ${colorScheme}`] = found;
      if (path.endsWith('Trainer.html')) await page.screenshot({ path: join(screenshots, `api-trainer-${width}-${colorScheme}.png`) });
      await page.close();
    }
  }
  assert.deepEqual(wrong, {});
});

test('the API reference leads back to the course from every depth', async () => {
  for (const path of site.apiPages) {
    const page = await open(path);
    await page.locator('#navpanel a', { hasText: 'The course' }).waitFor();
    assert.equal(await page.locator('#navpanel a', { hasText: 'The course' }).evaluate((link) => link.href), `${site.address}/index.html`, path);
    await page.close();
  }
});

test('on a phone axe finds no violation on the front page and in chapters', async () => {
  for (const path of ['index.html', 'zh/index.html', '15-many-networks.html', 'zh/31-capstone.html']) {
    const page = await open(path, { width: 390, colorScheme: 'dark' });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].target}`), [], path);
    await page.close();
  }
});

test('the front page says what this is, for whom and how to start in one screen, beside a chart, and lists every chapter with a picture', async () => {
  for (const [path, start] of [['index.html', /\.\/nb lab/], ['zh/index.html', /\.\/nb lab/]]) {
    const page = await open(path);
    assert.match(await page.locator('.hero pre').innerText(), start);
    assert.ok(await page.evaluate(() => document.querySelector('.hero .words').getBoundingClientRect().bottom) <= 900, 'the words fit into the window');
    assert.ok(await page.locator('.hero figure svg').count() > 0);
    await page.waitForFunction(() => document.querySelector('.hero').getBoundingClientRect().bottom <= 900);
    assert.equal(await page.locator('.chapters li').count(), chapters.length);
    assert.equal(await page.locator('.chapters li:not(:has(img))').count(), 0);
    for (const image of await page.locator('.chapters img').all()) await image.scrollIntoViewIfNeeded();
    await page.waitForFunction(() => [...document.querySelectorAll('.chapters img')].every((image) => image.complete && image.naturalWidth > 0));
    await page.close();
  }
});

test('a search finds "accuarcy", and documents too', async () => {
  const page = await open('index.html');
  const input = page.locator('.search input');
  await input.fill('accuarcy');
  await page.locator('.results li').first().waitFor();
  assert.match(await page.locator('.results [role=status]').innerText(), /accuracy/);
  assert.match((await page.locator('.results li').first().innerText()).toLowerCase(), /accuracy/);
  await input.fill('libstdc++');
  await page.locator('.results a[href*="torchsharp-pitfalls"]').first().waitFor();
  await page.close();
});

test('the list of the course stands beside each chapter, both ends of a chapter lead to its neighbors in full, and each block of code to Codespaces', async () => {
  const page = await open('15-many-networks.html');
  assert.equal(await page.locator('.course ol a[href*="-"]').count() >= chapters.length, true);
  assert.equal(await page.locator('.course [aria-current=page]').innerText(), '15 · Training many networks: the final framework');
  assert.deepEqual(await page.locator('.neighbors .next').allInnerTexts(), ['16 · A deep network from scratch →', 'Next\n16 · A deep network from scratch →']);
  const links = await page.locator('.copyable').evaluateAll((blocks) => blocks.map((block) => block.querySelector('.tools a')).map((link) => `${link?.textContent}: ${link?.href}`));
  assert.deepEqual([...new Set(links)], ['Open in Codespaces: https://codespaces.new/owner/name?quickstart=1']);
  await page.close();
});

test('diagrams turn dark with the page, by the system and by the switch', async () => {
  const page = await open('08-confusion-matrix.html', { colorScheme: 'dark' });
  const filter = () => page.locator('img.diagram').first().evaluate((image) => getComputedStyle(image).filter);
  assert.match(await filter(), /invert/);
  await page.locator('.theme').click();
  assert.equal(await filter(), 'none');
  await page.close();
});

test('on paper there is nothing that only a screen needs, and nothing is cut', async () => {
  const page = await open('15-many-networks.html');
  await page.emulateMedia({ media: 'print' });
  for (const part of ['.bar', '.side', '.actions', '.neighbors', '.tools']) assert.equal(await page.locator(`${part}:visible`).count(), 0, part);
  assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('main pre')].filter((pre) => pre.scrollWidth > pre.clientWidth + 1).map((pre) => pre.textContent.slice(0, 40))), []);
  await page.close();
});

test('pictures of the site are kept to be looked at', async () => {
  for (const width of widths) {
    for (const colorScheme of ['light', 'dark']) {
      for (const path of ['index.html', 'zh/index.html', '01-hello-torch.html', '15-many-networks.html', 'zh/31-capstone.html']) {
        const page = await open(path, { width, colorScheme });
        await page.screenshot({ path: join(screenshots, `site-${path.replace(/\.html|\//g, '')}-${width}-${colorScheme}.png`), fullPage: true });
        await page.close();
      }
    }
  }
});
