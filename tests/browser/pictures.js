// Makes the pictures of the documentation, from chapter 15 as it is committed and from Jupyter: npm run pictures [-- chapter|jupyter]. Needs what ./nb test --browser needs.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { host, launch, root } from './chromium.js';
import { Jupyter } from './jupyter.js';

const chapter = '15-many-networks.ipynb';
const images = join(root, 'docs', 'images');
mkdirSync(images, { recursive: true });

/** Leaves of a page a cell, the table and the chart that follow it, without the page around them; runs in the browser. */
function reduceTo(text) {
  const code = [...document.querySelectorAll('pre')].find((element) => element.textContent.includes(text));
  const call = [...document.querySelectorAll('pre')].find((element) => element.textContent.includes('manager.LearningCurves'));
  const shown = (cell, selector) => cell.closest('section').querySelector(selector);
  const chart = shown(call, '.output');
  const picture = document.createElement('div');
  picture.id = 'picture';
  picture.style.cssText = 'display: grid; gap: 12px; padding: 12px; width: 1190px';
  for (const element of [code, shown(code, 'table'), call, chart]) {
    // the elements around it have the styles, and hide what is too wide
    let part = element;
    for (let parent = part.parentElement; parent !== document.body; parent = parent.parentElement) {
      const around = parent.cloneNode(false);
      around.style.cssText = 'display: block; overflow: visible; margin: 0; padding: 0; border: 0; width: auto; max-width: none';
      around.append(part === element ? part.cloneNode(true) : part);
      part = around;
    }
    if (element === chart) part.style.cssText += '; width: max-content; margin: 0 auto';
    picture.append(part);
  }
  document.body.replaceChildren(picture);
}

async function chapterPicture() {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  const browser = await launch();
  try {
    const exported = spawnSync('dotnet', [host, 'export', '--to', 'html', '--out', folder, join(root, 'notebooks', chapter)], { encoding: 'utf8' });
    if (exported.status !== 0) throw new Error(exported.stderr);
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`file://${join(folder, chapter.replace('.ipynb', '.html'))}`);
    await page.evaluate(reduceTo, '.OrderByDescending(');
    await page.locator('#picture').screenshot({ path: join(root, 'docs', 'chapter-15.png') });
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
    // names of the library are completed once a cell has loaded it
    await jupyter.type('#r "../artifacts/lib/DeepLearning.dll"\nusing TorchSharp;');
    await page.keyboard.press('Control+Enter');
    await jupyter.idle();
    await jupyter.type('var layer = torch.nn.Conv');
    await page.keyboard.press('Tab');
    await page.waitForFunction(() => /Conv2d/.test(document.querySelector('#complete')?.innerText ?? ''));
    await page.screenshot({ path: join(images, 'jupyter-completion.png') });
    console.log(images);
  } finally {
    await jupyter.stop();
  }
}

if (process.argv[2] !== 'jupyter') await chapterPicture();
if (process.argv[2] !== 'chapter') await jupyterPictures();
