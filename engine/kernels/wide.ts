// 256-bit instructions for the kernels. WebAssembly's vectors have 128 bits, but where the processor has AVX2, V8's optimizing
// compiler can join two neighbouring vectors that go through the same operations to neighbouring addresses ("revectorization",
// behind a flag). Lanes do not affect each other, so the bits are the same; products take little more than half the time.

/** Set to 0, 128-bit instructions are used everywhere. */
const VARIABLE = 'HINDCAST_WIDE_VECTORS';

/**
 * The flag's name in a V8, or null where it is not known to join what it should: 13.0 (Electron 33) joins too little, 13.6 (Node 24) and
 * 15.6 (Chrome 156) join; 15.3 (Chrome 153) has the flag of the latter, Electron 45 lies between them.
 */
export function joiningFlag(version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major === 13 && minor === 6) return 'experimental-wasm-revectorize';
  return major === 15 && minor >= 3 ? 'wasm-revectorize' : null;
}

/** Node says whether its V8 was built with it; Electron's always is. */
function isBuiltIn({ versions, config }: NodeJS.Process): boolean {
  const variables = config.variables as Readonly<Record<string, unknown>> | undefined;
  return versions.electron !== undefined || variables?.v8_enable_wasm_simd256_revec === 1;
}

/** Tells V8 whether to join vectors in what it compiles from now on, in all of this process; null where it cannot, as in a browser. */
export async function vectorJoining(): Promise<((on: boolean) => void) | null> {
  if (typeof process !== 'object' || !process.versions?.v8 || process.arch !== 'x64') return null;
  const flag = joiningFlag(process.versions.v8);
  if (flag === null || !isBuiltIn(process) || process.env[VARIABLE] === '0') return null;
  const { setFlagsFromString } = await import('node:v8');
  return (on) => setFlagsFromString(`--${on ? '' : 'no-'}${flag}`);
}
