// bin/hindcast.js: runs again on the project's Node where its own is too old, and says what to do where it can't.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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

/** Stands for the built command line: says who runs it with what, and how it ends. */
const BUILT = `
process.stdout.write(JSON.stringify({ major: Number(process.versions.node.split('.')[0]), argv: process.argv.slice(2) }) + '\\n');
const [how] = process.argv.slice(2);
if (how === 'exit') process.exitCode = 7;
if (how === 'die') process.kill(process.pid, 'SIGKILL');
if (how === 'wait') {
  process.on('SIGTERM', () => { process.stdout.write('stopped\\n'); process.exit(143); });
  setInterval(() => {}, 1000);
}
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
      if (text.includes('"major"')) setTimeout(() => child.kill('SIGTERM'), 50);
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
