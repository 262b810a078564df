// The folder where Node caches compiled code between starts. Code in it runs as this user, so no other user may be able to write
// to it.
// Plain JavaScript that an older Node can read, like the launcher.
import { lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';

/** A folder that only this user can enter, made where it is missing; undefined where that is impossible. */
export function compileCacheFolder() {
  try {
    const parent = userCacheFolder();
    if (!isAbsolute(parent)) return undefined;
    // Level by level: a recursive mkdir never ends in some special folders, for example with HOME=/proc.
    for (const folder of [parent, join(parent, 'hindcast'), join(parent, 'hindcast', 'compiled')]) {
      makeFolder(folder);
    }
    const folder = realpathSync(join(parent, 'hindcast', 'compiled'));
    return isOwn(folder) && isSafe(dirname(folder)) ? folder : undefined;
  } catch {
    return undefined;
  }
}

function userCacheFolder() {
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  if (process.platform === 'win32') return LOCALAPPDATA || join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return XDG_CACHE_HOME || join(homedir(), '.cache');
}

/** @param {string} folder */
function makeFolder(folder) {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  }
}

/** Windows protects the folders of a user by itself. */
const user = process.getuid?.();

/**
 * This user's folder, which nobody else can enter.
 * @param {string} folder
 */
function isOwn(folder) {
  const { uid, mode } = lstatSync(folder);
  return user === undefined || (uid === user && (mode & 0o077) === 0);
}

/**
 * Nobody but this user and root can replace this folder or one above it.
 * @param {string} folder
 * @returns {boolean}
 */
function isSafe(folder) {
  const { uid, mode } = lstatSync(folder);
  const isSticky = (mode & 0o1000) !== 0;
  const isOurs = user === undefined || uid === user || uid === 0;
  if (!isOurs || (user !== undefined && (mode & 0o022) !== 0 && !isSticky)) return false;
  return dirname(folder) === folder || isSafe(dirname(folder));
}
