// bin/hindcast.js: runs again on the project's Node if its own is too old, and says what to do if it cannot.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');

/** A real Node below 24 on this machine, or this Node made to say that it is one. */
function oldNode(): string[] {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const candidate = join(folder, process.platform === 'win32' ? 'node.exe' : 'node');
    if (!existsSync(candidate)) continue;
    const major = Number(
      spawnSync(candidate, ['-p', 'process.versions.node.split(".")[0]'], { encoding: 'utf8' }).stdout,
    );
    if (major >= 18 && major < 24) return [candidate];
  }
  const pretend = 'Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.20.2"}})';
  return [process.execPath, '--import', `data:text/javascript,${encodeURIComponent(pretend)}`];
}

/** Replaces the built command line: prints which Node runs it with which arguments, once it hears signals, and how it ends. */
const BUILT = `
const [how] = process.argv.slice(2);
if (how === 'wait') {
  process.on('SIGTERM', () => { process.stdout.write('stopped\\n'); process.exit(143); });
  setInterval(() => {}, 1000);
}
process.stdout.write(JSON.stringify({ major: Number(process.versions.node.split('.')[0]), argv: process.argv.slice(2) }) + '\\n');
if (how === 'exit') process.exitCode = 7;
if (how === 'die') process.kill(process.pid, 'SIGKILL');
`;

let folder: string;
let script: string;
const old = oldNode();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hindcast-launcher-'));
  script = join(folder, 'bin', 'hindcast.js');
  mkdirSync(join(folder, 'out', 'main'), { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  cpSync(join(root, 'bin'), join(folder, 'bin'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'out', 'main', 'cli.js'), BUILT);
  symlinkSync(join(root, 'node_modules', 'node'), join(folder, 'node_modules', 'node'), 'junction');
});
afterAll(() => rmSync(folder, { recursive: true }));

function launch(node: readonly string[], args: readonly string[]) {
  const [command, ...rest] = node;
  return spawnSync(command!, [...rest, script, ...args], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
}

describe('the launcher', () => {
  it('runs here where Node is new enough', () => {
    const { status, stdout } = launch([process.execPath], ['runs', '--json']);
    expect(JSON.parse(stdout)).toEqual({ major: 24, argv: ['runs', '--json'] });
    expect(status).toBe(0);
  });

  it('runs again on the Node of the project, with arguments and exit code', () => {
    const { status, stdout, stderr } = launch(old, ['exit', '--name', 'a b', '']);
    expect(JSON.parse(stdout)).toEqual({ major: 24, argv: ['exit', '--name', 'a b', ''] });
    expect({ status, stderr }).toEqual({ status: 7, stderr: '' });
  });

  it('ends with 128 and the signal where the child was killed', () => {
    expect(launch(old, ['die']).status).toBe(137);
  });

  it('passes signals on and waits for the end', async () => {
    const [command, ...rest] = old;
    const child: ChildProcess = spawn(command!, [...rest, script, 'wait'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (text.includes('"major"')) child.kill('SIGTERM');
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(output).toContain('stopped');
    expect(code).toBe(143);
  });

  it('says what to do where the program is not built, or the package is missing', () => {
    const bare = join(folder, 'bare');
    cpSync(join(folder, 'bin'), join(bare, 'bin'), { recursive: true });
    writeFileSync(join(bare, 'package.json'), '{"type":"module"}');
    const run = (node: readonly string[]) =>
      spawnSync(node[0]!, [...node.slice(1), join(bare, 'bin', 'hindcast.js')], { encoding: 'utf8' });
    expect(run([process.execPath])).toMatchObject({
      status: 1,
      stderr: 'hindcast: the program is not built yet; run `npm run build` in its folder.\n',
    });
    rmSync(join(folder, 'node_modules'), { recursive: true });
    const { status, stderr } = run(old);
    expect(stderr).toMatch(
      /^hindcast: Node 24 is needed, but this is \d+\.\d+\.\d+ and the package `node` is not there; run `npm install` in .*, or use Node 24\.\n$/,
    );
    expect(status).toBe(1);
    expect(dirname(bare)).toBe(folder);
  });
});

describe.runIf(process.platform === 'linux')('the cache of compiled code', () => {
  const start = (cache: string, environment: Record<string, string> = {}) =>
    spawnSync(process.execPath, [script, 'list'], {
      cwd: join(folder, 'tmp'),
      encoding: 'utf8',
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        XDG_CACHE_HOME: cache,
        TMPDIR: join(folder, 'tmp'),
        ...environment,
      },
    });
  const newCache = (name: string): string => {
    mkdirSync(join(folder, 'tmp'), { recursive: true });
    const cache = join(folder, name);
    mkdirSync(cache);
    return cache;
  };
  const compiled = (cache: string): string[] => readdirSync(join(cache, 'hindcast', 'compiled'));

  it('is a folder of this user alone, and never one of the shared temporary folder', () => {
    const cache = newCache('cache');
    expect(start(cache).status).toBe(0);
    expect(compiled(cache)).not.toEqual([]);
    expect(statSync(join(cache, 'hindcast', 'compiled')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  });

  it('is left out where others may write into it or into a folder above it', () => {
    for (const [name, open] of [
      ['writable', join('hindcast', 'compiled')],
      ['writable-above', 'hindcast'],
      ['writable-far-above', '.'],
    ]) {
      const cache = newCache(name!);
      mkdirSync(join(cache, 'hindcast', 'compiled'), { recursive: true, mode: 0o700 });
      chmodSync(join(cache, open!), 0o777);
      expect(start(cache).status, name).toBe(0);
      expect(compiled(cache), name).toEqual([]);
    }
  });

  it.runIf(process.getuid?.() === 0)('is left out where it belongs to another user', () => {
    const cache = newCache('foreign');
    mkdirSync(join(cache, 'hindcast', 'compiled'), { recursive: true, mode: 0o700 });
    chownSync(join(cache, 'hindcast', 'compiled'), 65_534, 65_534);
    expect(start(cache).status).toBe(0);
    expect(compiled(cache)).toEqual([]);
  });

  it.each(['/proc', '/nowhere', ''])('is left out without a home that can be written (%j)', (HOME) => {
    mkdirSync(join(folder, 'tmp'), { recursive: true });
    expect(start('', { HOME }).status).toBe(0);
    expect(existsSync(join(folder, 'tmp', '.cache'))).toBe(false);
  });
});
