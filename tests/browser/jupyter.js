import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, cpSync } from 'node:fs';
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

    const env = { ...process.env, JUPYTER_PATH: join(jupyter.folder, 'share', 'jupyter'), JUPYTER_DATA_DIR: join(jupyter.folder, 'data'), JUPYTER_RUNTIME_DIR: join(jupyter.folder, 'runtime') };
    // as ./nb lab does
    const chapters = readdirSync(join(jupyter.folder, 'notebooks')).filter((file) => file.endsWith('.ipynb'));
    const trusted = spawnSync('/usr/bin/python3', ['-m', 'nbformat.sign', ...chapters], { cwd: join(jupyter.folder, 'notebooks'), env, encoding: 'utf8' });
    if (trusted.status !== 0) throw new Error(trusted.stderr);
    await jupyter.follow(spawn('jupyter-notebook', ['--no-browser', '--allow-root', '--ip=127.0.0.1', `--notebook-dir=${jupyter.folder}`], { env }));
    jupyter.page = await jupyter.newPage();
    return jupyter;
  }

  /** README's command, in this very clone: the kernel is registered in a folder of its own, and nothing can be saved. */
  static async lab() {
    const jupyter = new Jupyter();
    jupyter.folder = mkdtempSync(join(tmpdir(), 'browser-tests-'));
    // these tests know their way about Debian's Jupyter, which ./nb installs where there is none
    const path = process.env.PATH.split(':').filter((folder) => !existsSync(join(folder, 'jupyter-lab'))).join(':');
    const env = { ...process.env, PATH: path, JUPYTER_DATA_DIR: join(jupyter.folder, 'data'), JUPYTER_RUNTIME_DIR: join(jupyter.folder, 'runtime') };
    await jupyter.follow(spawn(join(root, 'nb'), ['lab', '--no-browser'], { env }));
    jupyter.page = await jupyter.newPage();
    await jupyter.page.context().route('**/api/contents/**', (route) => route.request().method() === 'GET' ? route.continue() : route.abort());
    return jupyter;
  }

  /** Waits until the server says where it is, and has a browser ready. */
  async follow(server) {
    this.server = server;
    this.url = await new Promise((resolve, reject) => {
      let log = '';
      server.stderr.on('data', (text) => {
        log += text;
        const url = /http:\/\/127\.0\.0\.1:(\d+)\/\?token=(\w+)/.exec(log);
        if (url) resolve({ address: `http://127.0.0.1:${url[1]}`, token: url[2] });
      });
      server.on('exit', () => reject(new Error(`Jupyter ended:\n${log}`)));
    });
    this.browser = await launch();
  }

  async newPage() {
    const page = await this.browser.newPage({ viewport: { width: 1200, height: 1000 } });
    page.setDefaultTimeout(0);
    return page;
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

  /** Runs every cell, and waits until the last has ended. */
  async runAll() {
    await this.menu('#celllink', '#run_all_cells');
    await this.page.waitForFunction(() => window.Jupyter.notebook.get_cells()
      .filter((cell) => cell.cell_type === 'code' && cell.get_text().trim())
      .every((cell) => Number.isInteger(cell.input_prompt_number)));
    await this.idle();
  }

  /** Waits until the page has been drawn as it is now. */
  async drawn() {
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
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
