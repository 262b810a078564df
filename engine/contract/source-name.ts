// What a dataset's source file is called. A browser's upload lies in a temporary folder that is gone when anybody reads of it: its own
// name is what the user knows.

/** The folders of uploads are named so (engine/hosts/serve), with the number of the process behind. */
export const UPLOADS_PREFIX = 'hindcast-uploads-';

const UPLOADED = new RegExp(`^.*[\\\\/]${UPLOADS_PREFIX}[^\\\\/]*[\\\\/][^\\\\/]+[\\\\/]?`);

export const isUploaded = (path: string): boolean => UPLOADED.test(path);

/** `weather.csv` of an upload, the whole path of another file. */
export const sourceName = (path: string): string => path.replace(UPLOADED, '');
