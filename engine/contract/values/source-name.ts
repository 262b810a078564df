// The name of a dataset's source file. A browser's upload lies in a temporary folder that is soon deleted, so only the file's own
// name means something to the user.

/** The folders of uploads are named so (engine/hosts/serve), with the number of the process behind. */
export const UPLOADS_PREFIX = 'hindcast-uploads-';

const UPLOADED = new RegExp(`^.*[\\\\/]${UPLOADS_PREFIX}[^\\\\/]*[\\\\/][^\\\\/]+[\\\\/]?`);

export const isUploaded = (path: string): boolean => UPLOADED.test(path);

/** `weather.csv` of an upload, the whole path of another file. */
export const sourceName = (path: string): string => path.replace(UPLOADED, '');
