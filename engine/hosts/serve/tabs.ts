// Tracks which browser tabs still have a connection to the engine. A tab without one for a while counts as closed.

export interface Tabs {
  /** The tab has one line more, until the returned function is called. */
  open(tab: string): () => void;
  /** The tab exists; it has to have a line before long. */
  mention(tab: string): void;
  close(): void;
}

export function countTabs(graceMs: number, onGone: (tab: string) => void): Tabs {
  const lines = new Map<string, number>();
  const timers = new Map<string, NodeJS.Timeout>();

  function mention(tab: string): void {
    clearTimeout(timers.get(tab));
    timers.delete(tab);
    if ((lines.get(tab) ?? 0) > 0) return;
    const timer = setTimeout(() => {
      timers.delete(tab);
      onGone(tab);
    }, graceMs);
    timers.set(tab, timer.unref());
  }

  function change(tab: string, by: number): void {
    const count = (lines.get(tab) ?? 0) + by;
    if (count > 0) lines.set(tab, count);
    else lines.delete(tab);
    mention(tab);
  }

  return {
    open(tab) {
      change(tab, 1);
      return () => change(tab, -1);
    },
    mention,
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
