/** Titles by document, in groups. */
export const contents: Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Where a file of the repository is on the site. */
export function routeOf(file: string): string;
