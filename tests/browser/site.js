import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { host, root } from './chromium.js';

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' };

/** The course as a site, with the outputs that are committed, served on loopback. */
export class Site {
  static async start() {
    const site = new Site();
    site.folder = mkdtempSync(join(tmpdir(), 'site-tests-'));
    // as in the workflow that publishes it: with the outputs of a run where there is one
    const executed = join(root, 'artifacts', 'notebooks');
    const copies = existsSync(executed) && readdirSync(executed).some((file) => file.endsWith('.ipynb')) ? ['--executed', executed] : [];
    const run = spawnSync('dotnet', [host, 'export', '--to', 'html', '--site', '--api', '--repository', 'owner/name', '--out', site.folder, ...copies], { cwd: root, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(run.stdout + run.stderr);
    site.server = createServer((request, response) => site.answer(request, response));
    await new Promise((resolve) => site.server.listen(0, '127.0.0.1', resolve));
    site.address = `http://127.0.0.1:${site.server.address().port}`;
    return site;
  }

  /** Every page, English and Chinese, by its path. */
  get pages() {
    const html = (folder) => readdirSync(join(this.folder, folder)).filter((file) => file.endsWith('.html')).sort().map((file) => join(folder, file));
    return [...html('.'), ...html('zh')];
  }

  /** Of the API reference a page of each kind: its list, a namespace, a class, a generic one, one of extension members, an enum, a delegate. */
  get apiPages() {
    const names = ['Training', 'Training.Trainer', 'Data.Fold-1', 'Charts.ScatterMode'].map((name) => `DeepLearning.${name}`);
    return ['index', ...[...names, 'TorchSharp.TorchAmp', 'TorchSharp.Hooks.AfterForward'].map((name) => `reference/${name}`)].map((name) => `api/${name}.html`);
  }

  answer(request, response) {
    const path = join(this.folder, normalize(decodeURIComponent(new URL(request.url, this.address).pathname)));
    if (!existsSync(path) || !statSync(path).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'application/octet-stream' });
    createReadStream(path).pipe(response);
  }

  async stop() {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server ? this.server.close(resolve) : resolve());
    rmSync(this.folder, { recursive: true, force: true });
  }
}
