export interface ShellOptions {
  readonly shellKind: 'browser' | 'desktop';
}
