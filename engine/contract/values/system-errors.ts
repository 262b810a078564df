// The codes of the operating system and of SQLite in words, for sentences.

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'its permissions do not allow it',
  EPERM: 'its permissions do not allow it',
  EROFS: 'it is on a read-only file system',
  ENOENT: 'it is not there',
  ENOTDIR: 'a part of its path is no folder',
  EISDIR: 'a folder has this name',
  EEXIST: 'something has this name already',
  ENOTEMPTY: 'the folder is not empty',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'it would become larger than the system allows',
  EMFILE: 'too many files are open (`ulimit -n 1024` allows more)',
  ENFILE: 'the system has too many files open',
  ENOMEM: 'there is too little memory',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  EBUSY: 'another program uses it',
  ETXTBSY: 'another program uses it',
  EIO: 'its disk reports an error',
  ESTALE: 'its network drive has lost it',
  SQLITE_FULL: 'the disk is full',
  SQLITE_IOERR_WRITE: 'the disk takes no more',
  SQLITE_IOERR_TRUNCATE: 'the disk takes no more',
  SQLITE_IOERR_FSYNC: 'the disk takes no more',
  SQLITE_IOERR_DIR_FSYNC: 'the disk takes no more',
  SQLITE_IOERR_SHMSIZE: 'the disk has no room for the index of the log',
  SQLITE_CANTOPEN: 'it cannot be opened',
  SQLITE_CORRUPT: 'its pages contradict each other',
  SQLITE_NOTADB: 'its first page is no SQLite page',
};

/** A code in words; the code itself where there are none. */
export const wordsOf = (code: string): string => WORDS[code] ?? code;

/** The code of an error from the operating system or SQLite in words, else the error's own text. */
export function reasonOf(cause: unknown): string {
  const own = cause instanceof Error ? cause.message : String(cause);
  const { code, path } = (cause ?? {}) as { readonly code?: unknown; readonly path?: unknown };
  const words = typeof code === 'string' ? WORDS[code.replace('ERR_FS_', '')] : undefined;
  if (words === undefined) return own;
  return typeof path === 'string' ? `${path}: ${words}` : words;
}
