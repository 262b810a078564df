// Every message between the window's page and the main process: its name, and the schema of what the page may send.
// Only calls from the workbench's own top frame are accepted.
import { type BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain } from 'electron';
import { z } from 'zod';
import { isOwnAddress } from './page.ts';

const FilterSchema = z.object({ name: z.string().max(100), extensions: z.array(z.string().max(20)).max(50) });

/** The page waits for an answer. */
export const REQUESTS = {
  'files.pick': z.tuple([z.object({ title: z.string().max(200), filters: z.array(FilterSchema).max(20) })]),
  'folders.pick': z.tuple([z.string().max(200)]),
  'files.save': z.tuple([
    z.string().max(200),
    z.array(z.object({ name: z.string().min(1).max(200), content: z.instanceof(ArrayBuffer) })).max(1_000),
  ]),
  'files.begin': z.tuple([z.string().min(1).max(200)]),
  'files.hand-over': z.tuple([z.string().min(1).max(200)]),
  'files.append': z.tuple([z.string().max(100), z.instanceof(ArrayBuffer)]),
  'files.end': z.tuple([z.string().max(100), z.boolean()]),
  notify: z.tuple([z.string().max(200), z.string().max(1_000)]),
  'workspaces.recent': z.tuple([]),
  'workspaces.open': z.tuple([]),
  'workspaces.create': z.tuple([]),
  'workspaces.switch': z.tuple([z.string().min(1).max(4_096)]),
} as const;

/** The page waits for nothing. */
export const NOTICES = {
  'engine.connect': z.tuple([z.int().positive()]),
  'engine.watch': z.tuple([]),
  'engine.restart': z.tuple([]),
  'files.release': z.tuple([z.string().min(1).max(4_096)]),
  reveal: z.tuple([z.string().min(1).max(4_096)]),
  progress: z.tuple([z.number().min(0).max(1).nullable()]),
  'open-external': z.tuple([z.url({ protocol: /^https?$/ })]),
} as const;

/** From the main process to the page. */
export const TO_PAGE = { port: 'engine.port', engineState: 'engine.state', menu: 'menu' } as const;

export type RequestHandlers = {
  readonly [Name in keyof typeof REQUESTS]: (
    window: BrowserWindow,
    ...given: z.output<(typeof REQUESTS)[Name]>
  ) => unknown;
};
export type NoticeHandlers = {
  readonly [Name in keyof typeof NOTICES]: (
    window: BrowserWindow,
    ...given: z.output<(typeof NOTICES)[Name]>
  ) => void;
};

/** @param windowOf the workbench's window; null while there is none. */
export function answerPage(
  windowOf: () => BrowserWindow | null,
  requests: RequestHandlers,
  notices: NoticeHandlers,
): void {
  for (const [name, schema] of Object.entries(REQUESTS)) {
    const handler = requests[name as keyof typeof REQUESTS] as (...given: unknown[]) => unknown;
    ipcMain.handle(name, (event, ...given: unknown[]) => {
      const window = senderOf(event, windowOf());
      if (!window) throw new Error(`${name} was refused: it does not come from the workbench's page`);
      return handler(window, ...schema.parse(given));
    });
  }
  for (const [name, schema] of Object.entries(NOTICES)) {
    const handler = notices[name as keyof typeof NOTICES] as (...given: unknown[]) => void;
    ipcMain.on(name, (event, ...given: unknown[]) => {
      const window = senderOf(event, windowOf());
      const parsed = schema.safeParse(given);
      if (window && parsed.success) handler(window, ...parsed.data);
    });
  }
}

function senderOf(
  { senderFrame }: IpcMainEvent | IpcMainInvokeEvent,
  window: BrowserWindow | null,
): BrowserWindow | null {
  const isTopFrame = senderFrame !== null && senderFrame === window?.webContents.mainFrame;
  return isTopFrame && isOwnAddress(senderFrame.url) ? window : null;
}
