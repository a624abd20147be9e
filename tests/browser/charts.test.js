import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { host, launch, root, screenshots } from './chromium.js';

// every kind of chart, run and written as a page as a reader would, and seen without a network
let browser, folder;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chart-tests-'));
  const run = spawnSync('dotnet', [host, 'run', join(import.meta.dirname, 'charts.ipynb'), '--html', '--out', folder], { encoding: 'utf8' });
  assert.equal(run.status, 0, run.stdout + run.stderr);
  browser = await launch();
});

afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(colorScheme, address = `file://${join(folder, 'charts.html')}`, options = { offline: true }) {
  const context = await browser.newContext({ colorScheme, viewport: { width: 1000, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(0);
  page.errors = [];
  page.on('pageerror', (error) => page.errors.push(String(error)));
  await page.goto(address);
  return page;
}

for (const theme of ['light', 'dark']) {
  test(`plotly draws every chart without a network, ${theme}`, async () => {
    const page = await open(theme);
    const figures = page.locator('.output.figure');
    assert.notEqual(await figures.count(), 0);
    await page.waitForFunction(() => [...document.querySelectorAll('.output.figure')].every((figure) => figure.querySelector('.main-svg') && !figure.querySelector('.drawing')));

    assert.equal(await page.locator('.js-plotly-plot').count(), await figures.count());
    const types = await page.evaluate(() => [...document.querySelectorAll('.js-plotly-plot')].flatMap((plot) => plot.data.map((trace) => trace.type)));
    assert.deepEqual([...new Set(types)].sort(), ['bar', 'contour', 'heatmap', 'image', 'parcoords', 'scatter']);
    assert.deepEqual(page.errors, []);
    await page.screenshot({ path: join(screenshots, `charts-${theme}.png`), fullPage: true });
  });
}

test('the board shows curves, and smooths them more and less', async () => {
  const page = await open('light');
  const curves = page.locator('.board figure', { hasText: 'training/loss' }).locator('path[data-run]');
  const line = () => curves.first().getAttribute('d');
  const smoothed = await line();

  await page.locator('.board .smoothing').fill('0');

  assert.notEqual(await line(), smoothed);
  assert.equal(await curves.count(), 2);
  await page.locator('.board .runs input').first().uncheck();
  assert.equal(await curves.count(), 1);
});

test('each tab of the board has something to show', async () => {
  const page = await open('dark');
  for (const [tab, content] of [['Histograms', 'figure svg path'], ['Images', 'figure img'], ['Hyperparameters', 'tbody tr'], ['Graphs', 'svg rect'], ['Texts', 'pre'], ['Scalars', 'figure svg path']]) {
    await page.getByRole('tab', { name: tab }).click();
    assert.ok(await page.locator(`.board .view ${content}`).count() > 0, tab);
    await page.locator('.board').screenshot({ path: join(screenshots, `board-${tab.toLowerCase()}.png`) });
  }
  assert.deepEqual(page.errors, []);
});

test('the page of nb board follows runs that go on, on a narrow screen too', async () => {
  const runs = join(folder, 'runs');
  const fixture = join(root, 'tests', 'DeepLearning.Tests', 'TensorBoard', 'pytorch', 'run');
  cpSync(fixture, join(runs, 'first'), { recursive: true });
  const server = spawn('dotnet', [join(root, 'artifacts', 'board', 'BoardHost.dll'), runs]);
  try {
    const address = await new Promise((resolve, reject) => {
      server.stdout.on('data', (text) => resolve(/http:\S+/.exec(text)[0]));
      server.on('exit', (code) => reject(new Error(`the board ended with ${code}`)));
    });
    const page = await open('dark', address, { viewport: { width: 420, height: 900 } });
    await page.locator('.board .runs label').first().waitFor();
    const before = await page.locator('.board .runs label').count();
    assert.ok(!page.url().includes('token'));

    cpSync(join(runs, 'first'), join(runs, 'second'), { recursive: true });

    await page.waitForFunction((count) => document.querySelectorAll('.board .runs label').length > count, before);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
    await page.screenshot({ path: join(screenshots, 'board-narrow.png') });
    assert.deepEqual(page.errors, []);
    assert.ok(readdirSync(runs).length === 2);
  } finally {
    server.removeAllListeners('exit');
    server.kill('SIGTERM');
  }
});
