// The build: each process of Hindcast as one ES module in out/main. Only packages with native code, and those that are read as
// files, stay outside.
import { defineConfig } from 'electron-vite';

const external = [/^better-sqlite3/, /^@duckdb\//, /^vega-datasets/, /^node:/];

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
          importer: 'engine/hosts/importer/main.ts',
        },
        external,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
});
