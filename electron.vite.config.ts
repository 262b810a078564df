// The build: each process of Hindcast becomes one ES module in out/main. Only packages with native code, and packages that are
// read as files, are not bundled.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

// TensorFlow.js asks for node-fetch where it loads a model from the network, which Hindcast never does; bundled, every training process
// would read Node's HTTP client at its start.
const external = [/^better-sqlite3/, /^@duckdb\//, /^vega-datasets/, /^node:/, 'electron', 'node-fetch'];

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node24',
      minify: false,
      sourcemap: true,
      externalizeDeps: false,
      rollupOptions: {
        input: {
          cli: 'engine/hosts/cli/main.ts',
          trainer: 'engine/hosts/trainer/main.ts',
          'remote-trainer': 'engine/hosts/remote-trainer/main.ts',
          importer: 'engine/hosts/importer/main.ts',
          'look-thread': 'engine/hosts/importer/look-thread.ts',
          utility: 'engine/hosts/utility/main.ts',
          electron: 'electron/main.ts',
        },
        external,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      minify: false,
      sourcemap: true,
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: 'electron/preload.ts' },
        external,
        // A sandboxed preload must be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    base: './',
    plugins: [react()],
    // Replaced by each load's nonce in engine/hosts/page.
    html: { cspNonce: '__CSP_NONCE__' },
    build: {
      outDir: 'out/renderer',
      target: 'chrome130',
      minify: true,
      sourcemap: true,
      // One chunk: it is read from the disk beside it.
      chunkSizeWarningLimit: 2_000,
      // Inlined files would be data: addresses, which the policy refuses for scripts and fonts.
      assetsInlineLimit: 0,
      rollupOptions: { input: { browser: 'renderer/browser.html', electron: 'renderer/electron.html' } },
    },
  },
});
