// Finds TensorFlow's Node binding, an optional peer dependency: the user installs it, and it is loaded only when a run asks for
// it.
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The one with CUDA first; without a GPU it runs on the CPU as the other does. */
export const TENSORFLOW_PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;
const VERSION = '4.22.0';

export interface TensorflowPackage {
  readonly name: string;
  /** Loads it, with everything that it does while it loads. */
  load(): unknown;
}

/** A folder whose node_modules holds the binding, for those who keep it apart from the project. */
const FOLDER_VARIABLE = 'HINDCAST_TENSORFLOW';

function requiresToTry(): NodeJS.Require[] {
  const named = process.env[FOLDER_VARIABLE];
  const folders = [...(named ? [named] : []), process.cwd()];
  const [first, ...rest] = folders.map((folder) => createRequire(join(folder, 'index.js')));
  // A named package comes first, then the project's own, then one in the folder where Hindcast was started.
  const own = createRequire(import.meta.url);
  return named ? [first!, own, ...rest] : [own, first!];
}

/** Every installed binding, the preferred one first. A bundler does not see these names. */
export function findTensorflowPackages(): TensorflowPackage[] {
  const requires = requiresToTry();
  return TENSORFLOW_PACKAGES.flatMap((name) => {
    const found = requires.find((require) => canResolve(require, name));
    return found ? [{ name, load: () => found(name) as unknown }] : [];
  });
}

function canResolve(require: NodeJS.Require, name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}

/** The command that installs the binding that suits this machine. */
export function installCommand(platform = process.platform, architecture = process.arch): string {
  const hasCuda = platform === 'linux' && architecture === 'x64';
  return `npm install ${hasCuda ? TENSORFLOW_PACKAGES[0] : TENSORFLOW_PACKAGES[1]}@${VERSION}`;
}

/** What to know before installing it here. */
export function installCaveat(platform = process.platform, architecture = process.arch): string {
  if (platform === 'linux' && architecture === 'x64') {
    return `It trains on an NVIDIA GPU with CUDA 11.2 and cuDNN 8.1, else on the CPU; its installation downloads TensorFlow, and a binding kept elsewhere is found through ${FOLDER_VARIABLE}.`;
  }
  if (platform === 'darwin') return 'On macOS it has no GPU support.';
  if (platform === 'win32') {
    return `For Windows there is no ready-made ${VERSION}: it is compiled while installing, which needs Visual Studio's C++ tools and Python.`;
  }
  return 'For this platform there is no ready-made binding: it is compiled while installing.';
}
