// What only Electron's window has: restrictions on the page, native dialogs, menu, remembered bounds.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test, type Workbench } from '../workbench/fixture.ts';
import { startWithSettings } from '../workbench/open-in-electron.ts';

const appOf = ({ app }: Workbench): ElectronApplication => app as ElectronApplication;

/** What the system's dialogs answer from now on. */
async function answerDialogs(
  app: ElectronApplication,
  answers: { readonly open?: readonly string[]; readonly save?: string },
): Promise<void> {
  await app.evaluate(({ dialog }, { open, save }) => {
    dialog.showOpenDialog = async () => ({ canceled: !open, filePaths: [...(open ?? [])] });
    dialog.showSaveDialog = async () => ({ canceled: save === undefined, filePath: save ?? '' });
  }, answers);
}

const bridge = <Name extends keyof NonNullable<Window['hindcast']>>(page: Page, name: Name) => ({
  call: (...given: unknown[]) =>
    page.evaluate(
      ([name, given]) => {
        const method = window.hindcast?.[name as keyof NonNullable<Window['hindcast']>];
        return (method as (...given: unknown[]) => unknown)(...(given as unknown[]));
      },
      [name, given] as const,
    ),
});

test('opens on the workspace and reaches its engine', async ({ page, client, workbench }) => {
  await expect(page.getByText('Engine ready')).toBeVisible();
  const { workspace } = await client.engine.describe();
  expect(workspace.path).toBe(workbench.workspacePath);
});

test('gives its page nothing of Node, no way out, and of permissions the microphone alone', async ({
  page,
  workbench,
}) => {
  const app = appOf(workbench);
  await app.evaluate(({ shell }) => {
    const asked: string[] = [];
    shell.openExternal = async (url) => void asked.push(url);
    (globalThis as unknown as { asked: string[] }).asked = asked;
  });
  workbench.expectConsole(/Content Security Policy|Not allowed to load local resource/);
  const seen = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.wasInjected = true';
    document.body.append(script);
    return {
      require: typeof (window as unknown as { require?: unknown }).require,
      process: typeof (window as unknown as { process?: unknown }).process,
      injected: 'wasInjected' in window,
      opened: window.open('https://example.invalid/page') !== null,
      file: window.open('file:///etc/passwd') !== null,
      notifications: await Notification.requestPermission(),
      // Both devices are there: what is denied is denied by the window.
      microphone: await navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'granted',
        ({ name }) => name,
      ),
      camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'granted',
        ({ name }) => name,
      ),
      framed: await fetch('https://example.invalid/').then(
        () => 'reached',
        () => 'refused',
      ),
    };
  });
  expect(seen).toEqual({
    require: 'undefined',
    process: 'undefined',
    injected: false,
    opened: false,
    file: false,
    notifications: 'denied',
    microphone: 'granted',
    camera: 'NotAllowedError',
    framed: 'refused',
  });
  // A web address goes to the user's own browser, nothing else goes anywhere.
  expect(await app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)).toEqual([
    'https://example.invalid/page',
  ]);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  // Asked of the main process: Playwright would wait for a navigation that never ends.
  const stayed = await app.evaluate(async ({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    await webContents.executeJavaScript("location.href = 'https://example.invalid/'; 0");
    await new Promise((resolve) => setTimeout(resolve, 300));
    return [webContents.getURL(), await webContents.executeJavaScript('typeof window.hindcast')];
  });
  expect(stayed).toEqual([expect.stringMatching(/^hindcast:\/\/workbench\//), 'object']);
});

test('refuses what its page may not ask', async ({ page }) => {
  await expect(bridge(page, 'saveFiles').call('x', 'not a list')).rejects.toThrow(/invalid|expected/i);
  await expect(bridge(page, 'switchWorkspace').call('')).rejects.toThrow();
});

test('picks and saves files by native dialogs', async ({ page, workbench }) => {
  const app = appOf(workbench);
  const folder = dirname(workbench.workspacePath);
  writeFileSync(join(folder, 'stocks.csv'), 'date,close\n2020-01-01,1\n');
  await answerDialogs(app, { open: [join(folder, 'stocks.csv')] });
  const options = { title: 'Import', filters: [{ name: 'Tables', extensions: ['csv'] }] };
  expect(await bridge(page, 'pickFile').call(options)).toEqual({
    name: 'stocks.csv',
    path: join(folder, 'stocks.csv'),
    bytes: 24,
  });
  await answerDialogs(app, {});
  expect(await bridge(page, 'pickFile').call(options)).toBeNull();

  const save = (names: string[], suggested: string) =>
    page.evaluate(
      ([names, suggested]) => {
        const files = names.map((name) => ({ name, content: new TextEncoder().encode(name).buffer }));
        return window.hindcast?.saveFiles(suggested, files);
      },
      [names, suggested] as const,
    );
  expect(await save(['one.csv'], 'one')).toBeNull();
  await answerDialogs(app, { save: join(folder, 'mine.csv') });
  expect(await save(['one.csv'], 'one')).toBe(join(folder, 'mine.csv'));
  expect(readFileSync(join(folder, 'mine.csv'), 'utf8')).toBe('one.csv');
  await answerDialogs(app, { save: join(folder, 'export') });
  expect(await save(['a.csv', '../../b.csv'], 'export')).toBe(join(folder, 'export'));
  expect(readFileSync(join(folder, 'export', 'a.csv'), 'utf8')).toBe('a.csv');
  expect(readFileSync(join(folder, 'export', 'b.csv'), 'utf8')).toBe('../../b.csv');
});

test('saves a large file piece by piece where the dialog says', async ({ page, workbench }) => {
  const app = appOf(workbench);
  const path = join(dirname(workbench.workspacePath), 'large.hindcast');
  const save = (pieces: string[]) =>
    page.evaluate(async (pieces) => {
      const shell = window.hindcast!;
      const id = await shell.beginSave('large.hindcast');
      if (id === null) return null;
      for (const piece of pieces) await shell.appendSave(id, new TextEncoder().encode(piece).buffer);
      return shell.endSave(id, true);
    }, pieces);
  await answerDialogs(app, {});
  expect(await save(['never'])).toBeNull();
  await answerDialogs(app, { save: path });
  expect(await save(['one ', 'two'])).toBe(path);
  expect(readFileSync(path, 'utf8')).toBe('one two');
  await expect(bridge(page, 'endSave').call('another', true)).rejects.toThrow('Nothing is being saved');
});

test('shows in the file manager what was saved here, and nothing else', async ({ page, workbench }) => {
  const app = appOf(workbench);
  const folder = dirname(workbench.workspacePath);
  await app.evaluate(({ shell }) => {
    const shown: string[] = [];
    (globalThis as unknown as { shown: string[] }).shown = shown;
    shell.showItemInFolder = (path) => void shown.push(path);
  });
  await answerDialogs(app, { save: join(folder, 'mine.csv') });
  await page.evaluate(() =>
    window.hindcast?.saveFiles('x', [{ name: 'x.csv', content: new ArrayBuffer(1) }]),
  );
  await bridge(page, 'reveal').call('/etc/passwd');
  await bridge(page, 'reveal').call(join(folder, 'mine.csv'));
  await expect
    .poll(() => app.evaluate(() => (globalThis as unknown as { shown: string[] }).shown))
    .toEqual([join(folder, 'mine.csv')]);
});

test('sends what the menu says to the page, and progress to the task bar', async ({ page, workbench }) => {
  const app = appOf(workbench);
  await page.evaluate(() => {
    const heard: string[] = [];
    (window as unknown as { heard: string[] }).heard = heard;
    window.hindcast?.onMenu((command) => heard.push(command));
  });
  const view = await app.evaluate(({ Menu }) => {
    const menu = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'View')?.submenu?.items ?? [];
    return menu
      .slice(
        0,
        menu.findIndex(({ type }) => type === 'separator'),
      )
      .map(({ label }) => label);
  });
  expect(view).toEqual(await page.getByRole('navigation').getByRole('listitem').locator('a').allInnerTexts());
  await app.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
    for (const label of ['Import data…', 'Open exported model…', 'Settings'])
      items.find((item) => item.label === label)?.click();
  });
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { heard: string[] }).heard))
    .toEqual(['import', 'open-model', 'show-settings']);
  await app.evaluate(({ BrowserWindow }) => {
    const shown: number[] = [];
    (globalThis as unknown as { shown: number[] }).shown = shown;
    BrowserWindow.getAllWindows()[0]!.setProgressBar = (fraction) => void shown.push(fraction);
  });
  for (const fraction of [0.25, 7, null, 0.75]) await bridge(page, 'setProgress').call(fraction);
  await expect
    .poll(() =>
      app.evaluate(() => (globalThis as unknown as { shown: number[] }).shown.filter((at) => at >= 0)),
    )
    .toEqual([0.25, 0.75]);
});

test('a notification that waits for its click is not collected', async ({ page, workbench }) => {
  const app = appOf(workbench);
  const shown = await app.evaluateHandle(({ BrowserWindow, Notification }) => {
    const shown: WeakRef<Electron.Notification>[] = [];
    BrowserWindow.getAllWindows()[0]!.isFocused = () => false;
    Notification.isSupported = () => true;
    Notification.prototype.show = function show(this: Electron.Notification) {
      shown.push(new WeakRef(this));
    };
    return shown;
  });
  const clicked = bridge(page, 'notify').call('first try completed', '');
  await expect.poll(() => shown.evaluate(({ length }) => length)).toBe(1);
  await app.evaluate(async () => {
    process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
    const collect: () => void = process.getBuiltinModule('node:vm').runInNewContext('gc');
    // A weak reference that was made or looked at lasts until the end of its task.
    for (let times = 0; times < 3; times++) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      collect();
    }
  });
  await shown.evaluate(([notification]) => void notification?.deref()?.emit('click'));
  expect(await clicked).toBe(true);
});

test('changes the workspace and remembers the last ones', async ({ page, workbench, client }) => {
  await client.engine.describe();
  const second = join(dirname(workbench.workspacePath), 'second.hindcast');
  await answerDialogs(appOf(workbench), { save: second });
  // The page is loaded again, so this call may never be answered.
  await bridge(page, 'createWorkspace')
    .call()
    .catch(() => {});
  await expect
    .poll(() =>
      bridge(page, 'recentWorkspaces')
        .call()
        .catch(() => null),
    )
    .toEqual([second, workbench.workspacePath]);
  await expect(page.getByText('Engine ready')).toBeVisible();
  await expect(page.getByText('second', { exact: true })).toBeVisible();
});

test('opens where it was, and a second start brings the first to the front', async ({ workbench }) => {
  const folder = join(dirname(workbench.workspacePath), 'again');
  mkdirSync(folder);
  const start = () => startWithSettings(folder, join(folder, 'again.hindcast'));
  const bounds = { x: 60, y: 50, width: 1111, height: 777 };
  const first = await start();
  await first.firstWindow();
  await first.evaluate(
    ({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds),
    bounds,
  );
  const second = await start().then(
    (app) => app.waitForEvent('close').then(() => 'ended'),
    () => 'ended',
  );
  expect(second).toBe('ended');
  expect(await first.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  await first.close();
  const third = await start();
  await third.firstWindow();
  const restored = await third.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  expect(restored).toMatchObject({ width: bounds.width, height: bounds.height });
  await third.close();
});
