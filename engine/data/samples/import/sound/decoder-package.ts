// Files of packages that decode sound. They are read as files, not bundled: WebAssembly, and a module that looks for its own beside it.
import { createRequire } from 'node:module';

export const requireDecoder = createRequire(import.meta.url);
