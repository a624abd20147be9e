// Makes the pictures of the documentation, from chapter 15 as it is committed and from Jupyter: npm run pictures. Needs what ./nb test --browser needs.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { host, launch, root } from './chromium.js';
import { Jupyter } from './jupyter.js';

const chapter = '15-many-networks.ipynb';
const images = join(root, 'docs', 'images');
mkdirSync(images, { recursive: true });

/** The part of a page from the top of one element to the bottom of another. */
async function picture(page, first, last, path) {
  await last.scrollIntoViewIfNeeded();
  const scroll = await page.evaluate(() => window.scrollY);
  const [top, bottom] = [await first.boundingBox(), await last.boundingBox()];
  const margin = 12;
  const clip = {
    x: Math.max(0, Math.min(top.x, bottom.x) - margin),
    y: Math.max(0, top.y + scroll - margin),
    width: Math.max(top.width, bottom.width) + 2 * margin,
    height: bottom.y + bottom.height - top.y + 2 * margin,
  };
  await page.screenshot({ path, clip, fullPage: true });
  console.log(path);
}

async function chapterPicture() {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  const browser = await launch();
  try {
    const exported = spawnSync('dotnet', [host, 'export', '--to', 'html', '--out', folder, join(root, 'notebooks', chapter)], { encoding: 'utf8' });
    if (exported.status !== 0) throw new Error(exported.stderr);
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`file://${join(folder, chapter.replace('.ipynb', '.html'))}`);
    const cell = (text) => page.locator('pre', { hasText: text }).first();
    await picture(page, cell('.OrderByDescending('), page.locator('svg[role="img"], .js-plotly-plot').first(), join(root, 'docs', 'chapter-15.png'));
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function jupyterPictures() {
  const jupyter = await Jupyter.start();
  try {
    const { page } = jupyter;
    await page.setViewportSize({ width: 1240, height: 760 });
    await jupyter.open(`notebooks/${chapter}`);
    await page.locator('.output_html table').last().scrollIntoViewIfNeeded();
    await jupyter.drawn();
    await page.screenshot({ path: join(images, 'jupyter-table.png') });
    await jupyter.type('using TorchSharp;\nvar layer = torch.nn.Conv');
    await page.keyboard.press('Tab');
    await page.waitForFunction(() => /Conv2d/.test(document.querySelector('#complete')?.innerText ?? ''));
    await page.screenshot({ path: join(images, 'jupyter-completion.png') });
    console.log(images);
  } finally {
    await jupyter.stop();
  }
}

await chapterPicture();
await jupyterPictures();
