import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { host, launch, root, screenshots } from './chromium.js';

/** Debian's Jupyter with this build's kernel, on a copy of the notebooks, and a browser in front of it. */
export class Jupyter {
  static async start() {
    const jupyter = new Jupyter();
    jupyter.folder = mkdtempSync(join(tmpdir(), 'browser-tests-'));
    cpSync(join(root, 'notebooks'), join(jupyter.folder, 'notebooks'), { recursive: true });
    symlinkSync(join(root, 'artifacts'), join(jupyter.folder, 'artifacts'));
    const installed = spawnSync('dotnet', [host, 'kernel', 'install', '--prefix', jupyter.folder], { encoding: 'utf8' });
    if (installed.status !== 0) throw new Error(installed.stderr);

    const env = { ...process.env, JUPYTER_PATH: join(jupyter.folder, 'share', 'jupyter'), JUPYTER_RUNTIME_DIR: join(jupyter.folder, 'runtime') };
    jupyter.server = spawn('jupyter-notebook', ['--no-browser', '--allow-root', '--ip=127.0.0.1', `--notebook-dir=${jupyter.folder}`], { env });
    jupyter.url = await new Promise((resolve, reject) => {
      let log = '';
      jupyter.server.stderr.on('data', (text) => {
        log += text;
        const url = /http:\/\/127\.0\.0\.1:(\d+)\/\?token=(\w+)/.exec(log);
        if (url) resolve({ address: `http://127.0.0.1:${url[1]}`, token: url[2] });
      });
      jupyter.server.on('exit', () => reject(new Error(`Jupyter ended:\n${log}`)));
    });
    jupyter.browser = await launch();
    jupyter.page = await jupyter.browser.newPage({ viewport: { width: 1200, height: 1000 } });
    jupyter.page.setDefaultTimeout(600_000);
    return jupyter;
  }

  async stop() {
    await this.browser?.close();
    if (this.server) {
      // a polite end takes the kernels with it
      this.server.removeAllListeners('exit');
      const ended = new Promise((resolve) => this.server.on('exit', resolve));
      this.server.kill('SIGTERM');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  async open(notebook) {
    await this.page.goto(`${this.url.address}/notebooks/${notebook}?token=${this.url.token}`);
    await this.idle();
  }

  /** Waits until the kernel has nothing to do. */
  async idle() {
    await this.page.waitForFunction(() => window.Jupyter?.notebook?.kernel?.is_connected()
      && document.querySelector('.kernel_idle_icon') && !document.querySelector('.code_cell.running'));
  }

  async menu(menu, item) {
    await this.page.click(menu);
    await this.page.click(item);
  }

  /** Adds a cell at the end and types into it. */
  async type(code) {
    await this.page.evaluate(() => {
      const notebook = window.Jupyter.notebook;
      notebook.insert_cell_at_bottom('code');
      notebook.select(notebook.ncells() - 1);
      notebook.edit_mode();
    });
    await this.page.keyboard.type(code);
  }

  /** The text of the last cell's output. */
  lastOutput() {
    return this.page.locator('.code_cell').last().locator('.output').innerText();
  }

  async screenshot(name) {
    await this.page.screenshot({ path: join(screenshots, `${name}.png`) });
  }
}
