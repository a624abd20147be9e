import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Jupyter } from './jupyter.js';

let jupyter;

after(() => jupyter?.stop());

// how long it takes is said and not judged: it depends on the machine
test('a reader who follows README sees a trained network', async (t) => {
  const start = performance.now();
  const passed = (what) => t.diagnostic(`${((performance.now() - start) / 1000).toFixed(1)} s: ${what}`);
  jupyter = await Jupyter.lab();
  const { page: list, url } = jupyter;
  await list.goto(`${url.address}/?token=${url.token}`);
  await list.locator('.item_link', { hasText: '15-many-networks.ipynb' }).waitFor();
  await jupyter.screenshot('walk-1-list');
  passed('Jupyter lists the chapters');

  const opened = list.context().waitForEvent('page');
  await list.locator('.item_link', { hasText: '15-many-networks.ipynb' }).click();
  jupyter.page = await opened;
  jupyter.page.setDefaultTimeout(0);
  await jupyter.idle();
  // as it was saved, before anything has run
  await jupyter.page.locator('.output_svg svg').first().waitFor();
  passed('chapter 15 is open, its charts are shown, and its kernel is ready');

  await jupyter.runAll();
  passed('every cell has run');

  const { page } = jupyter;
  assert.equal(await page.locator('.output_error').count(), 0);
  const table = page.locator('.output_html table', { hasText: 'accuracy' }).last();
  await table.scrollIntoViewIfNeeded();
  assert.match(await table.innerText(), /\b0\.\d+|\d %/);
  await jupyter.screenshot('walk-2-table');
  const chart = page.locator('.output_html .js-plotly-plot, .output_html svg, .output_svg svg').first();
  await chart.scrollIntoViewIfNeeded();
  assert.ok((await chart.boundingBox()).width > 200);
  await jupyter.screenshot('walk-3-chart');
  passed('its table and its chart are on the screen');
});
