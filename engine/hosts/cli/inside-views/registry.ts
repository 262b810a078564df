// The views that `hindcast inside RUN --view NAME` writes: one line each.
import { states } from './states.ts';
import type { CliView } from './view.ts';
import { window } from './window.ts';

export const CLI_VIEWS = { window, states } satisfies Readonly<Record<string, CliView>>;
export type CliViewName = keyof typeof CLI_VIEWS;
export const CLI_VIEW_NAMES = Object.keys(CLI_VIEWS) as readonly CliViewName[];
