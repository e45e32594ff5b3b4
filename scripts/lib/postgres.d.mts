/**
 * The folder with PostgreSQL's programs: on `path`, or below `debian` in a folder for each version,
 * of which the newest is taken.
 */
export function findPostgres(
  path?: string,
  debian?: string,
):
  | { readonly found: true; readonly bin: string }
  | { readonly found: false; readonly reason: string };
