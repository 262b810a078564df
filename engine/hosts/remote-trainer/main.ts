// Entry of a training process of `hindcast worker`: as of a workspace, but its data come from a manifest and a folder of pieces.
import { openManifestSource } from '../../pool/data/manifest-source.ts';
import { serveProcess } from '../trainer/serve-process.ts';

await serveProcess({ openSource: openManifestSource, threadEntry: new URL(import.meta.url) });
