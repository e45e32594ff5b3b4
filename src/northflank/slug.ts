/** The id that the server derives from an add-on's name: two names with one slug collide. */
export function slugOf(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/gu, "-");
}
