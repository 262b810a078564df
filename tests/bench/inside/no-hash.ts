// Instead of node:crypto in a page, where nothing that is timed looks at a hash: each is the same.
interface NoHash {
  update(): NoHash;
  digest(form?: string): unknown;
}

const BYTES = Object.assign(new Uint8Array(32), { readUInt32LE: (at: number) => at });
const none: NoHash = { update: () => none, digest: (form) => (form === undefined ? BYTES : '') };

export const createHash = (): NoHash => none;
