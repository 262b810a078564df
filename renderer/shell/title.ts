/** `Runs – Hindcast`; the program's name alone where the page has no name. */
export const titleOf = (page: string): string => (page === '' ? 'Hindcast' : `${page} – Hindcast`);
