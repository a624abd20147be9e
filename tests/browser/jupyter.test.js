import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Jupyter } from './jupyter.js';

// one notebook from opening to restarting, as a reader goes through it: each test goes on where the one before ended
let jupyter, page;

before(async () => {
  jupyter = await Jupyter.start();
  page = jupyter.page;
});

after(() => jupyter?.stop());

test('a chapter opens without a question', async () => {
  await jupyter.open('notebooks/15-many-networks.ipynb');

  assert.equal(await page.locator('.modal:visible').count(), 0);
  assert.equal((await page.locator('.kernel_indicator_name').innerText()).trim(), '.NET (C#)');
});

test('all cells run, and show a table and a chart', async () => {
  await jupyter.runAll();

  assert.equal(await page.locator('.output_error').count(), 0);
  const table = page.locator('.output_html table').last();
  await table.scrollIntoViewIfNeeded();
  await jupyter.screenshot('1-table');
  assert.match(await table.innerText(), /batch_norm/);
  const chart = page.locator('.output_html .js-plotly-plot, .output_html svg, .output_svg svg').first();
  await chart.scrollIntoViewIfNeeded();
  await jupyter.drawn();
  await jupyter.screenshot('2-chart');
  assert.ok((await chart.boundingBox()).width > 200);
});

test('an endless loop is interrupted, and what was before is still there', async () => {
  await jupyter.type('Console.WriteLine("spinning");\nwhile (true) { }');
  await page.keyboard.press('Control+Enter');
  await page.getByText('spinning', { exact: true }).last().waitFor();

  await jupyter.menu('#kernellink', '#int_kernel');
  await jupyter.idle();
  await jupyter.screenshot('3-interrupted');
  assert.match(await jupyter.lastOutput(), /interrupted/i);

  await jupyter.type('runs.Count');
  await page.keyboard.press('Control+Enter');
  await jupyter.idle();
  assert.match(await jupyter.lastOutput(), /\d/);
});

test('a name is completed and explained', async () => {
  await jupyter.type('torch.nn.Lin');
  await page.keyboard.press('Tab');
  await page.waitForFunction(() => /torch\.nn\.Linear/.test(window.Jupyter.notebook.get_selected_cell().get_text())
    || /\bLinear\b/.test(document.querySelector('#complete')?.innerText ?? ''));
  await jupyter.screenshot('4-completed');
  await page.keyboard.press('Escape');

  await jupyter.type('torch.nn.Linear(');
  await page.keyboard.press('Shift+Tab');
  await page.locator('#tooltip').getByText('inputSize').first().waitFor();
  await jupyter.screenshot('5-explained');
  await page.keyboard.press('Escape');
});

test('a cell asks and gets an answer', async () => {
  await jupyter.type('$"Hello, {Console.ReadLine()}"');
  await page.keyboard.press('Control+Enter');
  await page.locator('.raw_input').last().waitFor();
  await page.keyboard.type('Ada');
  await page.keyboard.press('Enter');
  await jupyter.idle();

  assert.match(await jupyter.lastOutput(), /Hello, Ada/);
  await jupyter.screenshot('6-asked');
});

test('a hundred thousand lines arrive under the limits of the server', async () => {
  await jupyter.type('for (var i = 0; i < 100_000; i++) Console.WriteLine($"line {i}");');
  await page.keyboard.press('Control+Enter');
  await jupyter.idle();

  const lines = (await page.locator('.code_cell').last().locator('.output_text').allTextContents()).join('').trim().split('\n');
  assert.equal(lines.length, 100_000);
  assert.equal(lines.at(-1), 'line 99999');
});

test('a restarted kernel has forgotten everything', async () => {
  await page.evaluate(() => { window.restarted = new Promise((done) => window.Jupyter.notebook.events.one('kernel_ready.Kernel', () => done())); });
  await jupyter.menu('#kernellink', '#restart_kernel');
  await page.click('.modal .btn-danger');
  await page.evaluate(() => window.restarted);
  await jupyter.idle();

  await jupyter.type('runs');
  await page.keyboard.press('Control+Enter');
  await page.locator('.code_cell').last().locator('.output_error').waitFor();
  await jupyter.screenshot('7-restarted');
  assert.match(await jupyter.lastOutput(), /CS0103/);
});
