import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

export const root = join(import.meta.dirname, '..', '..');
export const screenshots = join(root, 'artifacts', 'browser');
export const host = join(root, 'artifacts', 'nb', 'NotebookHost.dll');

/** The machine's Chromium, without a window. */
export function launch() {
  mkdirSync(screenshots, { recursive: true });
  // the programs that ./nb test --browser looks for
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const executablePath = names.flatMap((name) => process.env.PATH.split(delimiter).map((folder) => join(folder, name))).find(existsSync);
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
