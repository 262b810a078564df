// The engine in Electron's real utility process, as it ships: start, handshake, crash, restart, orderly end.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { expect, test } from '../workbench/fixture.ts';
import { desktopProgram, rootSwitches } from '../workbench/programs.ts';

const HERE = join(import.meta.dirname, 'utility');

test('is reached over a handed-over port, crashes alone, and comes back', async () => {
  const electron = desktopProgram();
  test.skip(electron.path === undefined, electron.missing);
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-utility-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    await build({
      configFile: false,
      logLevel: 'silent',
      build: {
        ssr: true,
        outDir: folder,
        emptyOutDir: false,
        target: 'node20',
        rollupOptions: {
          input: { main: join(HERE, 'main.ts'), engine: join(HERE, 'engine.ts') },
          external: ['electron'],
          output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      },
      ssr: { noExternal: true, external: ['electron'] },
    });
    const { stdout } = await promisify(execFile)(
      electron.path as string,
      [
        ...rootSwitches(),
        '--disable-gpu',
        join(folder, 'main.js'),
        `--user-data-dir=${join(folder, 'settings')}`,
      ],
      { timeout: 180_000 },
    );
    expect(JSON.parse(/^SEEN (.*)$/m.exec(stdout)?.[1] ?? 'null')).toEqual({
      states: ['restarting', 'running'],
      bytes: [0, 255, 1, 254],
      crash: 'connection-lost',
      loss: 'Infinity',
      workspace: 'the workspace',
      anotherProcess: true,
      notOurs: true,
      ended: true,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});
