// The registry that npm is set to: by its environment variable, or the line `registry=` of the user's .npmrc; else npm's own.
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const OWN = 'https://registry.npmjs.org/';

/** With a slash at its end. What is no address of the web is passed over. */
export function npmRegistry(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  npmrc: () => string = userNpmrc,
): string {
  const named =
    environment.npm_config_registry ??
    environment.NPM_CONFIG_REGISTRY ??
    /^\s*registry\s*=\s*"?([^\s"]+)/m.exec(npmrc())?.[1];
  const address = named === undefined ? null : URL.parse(named);
  if (address === null || !/^https?:$/.test(address.protocol)) return OWN;
  return address.href.endsWith('/') ? address.href : `${address.href}/`;
}

function userNpmrc(): string {
  try {
    return readFileSync(join(homedir(), '.npmrc'), 'utf8');
  } catch {
    return '';
  }
}
