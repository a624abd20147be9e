import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const root = join(import.meta.dirname, '..', '..');
export const screenshots = join(root, 'artifacts', 'browser');
export const host = join(root, 'artifacts', 'nb', 'NotebookHost.dll');

/** The machine's Chromium, without a window. */
export function launch() {
  mkdirSync(screenshots, { recursive: true });
  const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/snap/bin/chromium'].find(existsSync);
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
