/** `Runs – Hindcast`; the program's name alone where the place has no name. */
export const titleOf = (page: string): string => (page === '' ? 'Hindcast' : `${page} – Hindcast`);
