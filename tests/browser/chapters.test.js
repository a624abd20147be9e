import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { root, screenshots } from './chromium.js';
import { Jupyter } from './jupyter.js';

// every chapter as a reader finds it, before anything has run
const chapters = readdirSync(join(root, 'notebooks')).filter((file) => file.endsWith('.ipynb')).sort();
const pictures = join(screenshots, 'chapters');
let jupyter;

before(async () => {
  mkdirSync(pictures, { recursive: true });
  jupyter = await Jupyter.start();
  await jupyter.page.close();
});

afterEach(async () => {
  // a kernel for each would be many
  await jupyter.page.evaluate(() => new Promise((resolve) => window.Jupyter.notebook.session.delete(resolve, resolve)));
  await jupyter.page.close();
});

after(() => jupyter?.stop());

async function open(chapter) {
  jupyter.page = await jupyter.newPage();
  await jupyter.open(`notebooks/${chapter}`);
  return jupyter.page;
}

/** The whole chapter in one picture, as far as Chromium makes one. */
async function picture(page, name) {
  const height = await page.evaluate(() => document.querySelector('#notebook-container').scrollHeight + 250);
  await page.setViewportSize({ width: 1200, height: Math.min(height, 16_000) });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

for (const chapter of chapters) {
  test(`${chapter} opens and shows all that it was saved with`, async () => {
    const page = await open(chapter);
    await page.waitForFunction(() => [...document.images].every((image) => image.complete));
    await picture(page, chapter.replace('.ipynb', ''));

    assert.equal(await page.locator('.modal:visible').count(), 0);
    assert.equal((await page.locator('.kernel_indicator_name').innerText()).trim(), '.NET (C#)');
    assert.deepEqual(await page.evaluate(() => [...document.images].filter((image) => image.naturalWidth === 0).map((image) => image.src)), []);
    assert.equal(await page.locator('#notification_trusted', { hasText: 'Not Trusted' }).count(), 0);
    const cells = JSON.parse(readFileSync(join(root, 'notebooks', chapter), 'utf8')).cells;
    const saved = cells.filter((cell) => cell.outputs?.length > 0).map((cell) => cell.id);
    const shown = await page.evaluate(() => window.Jupyter.notebook.get_cells()
      .filter((cell) => cell.output_area?.outputs.length > 0 && cell.output_area.element.height() > 10).map((cell) => cell.id));
    assert.deepEqual(shown, saved);
    const drawings = cells.flatMap((cell) => cell.outputs ?? []).filter((output) => output.data?.['image/svg+xml']);
    assert.equal(await page.locator('.output_svg:has(svg)').count(), drawings.length);
  });
}

// one that shows images, one that shows a board, one whose cells start processes
for (const chapter of ['04-fashion-mnist.ipynb', '09-tensorboard.ipynb', '27-distributed-training.ipynb']) {
  test(`${chapter} runs to its end with its quick settings`, async () => {
    const page = await open(chapter);
    await page.evaluate(() => {
      const cell = window.Jupyter.notebook.get_cells().find((candidate) => candidate.metadata.tags?.includes('parameters'));
      for (const [name, value] of Object.entries(cell.metadata.smoke ?? {})) {
        cell.set_text(cell.get_text().replace(new RegExp(`(var ${name} = )[^;]+`), `$1${JSON.stringify(value)}`));
      }
    });

    await jupyter.runAll();

    await picture(page, `${chapter.replace('.ipynb', '')}-executed`);
    const failed = await page.evaluate(() => window.Jupyter.notebook.get_cells()
      .filter((cell) => cell.output_area?.outputs.some((output) => output.output_type === 'error') && !cell.metadata.tags?.includes('raises-exception'))
      .map((cell) => cell.id));
    assert.deepEqual(failed, []);
  });
}
