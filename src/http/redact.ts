const credentialsInUrl = /([a-z][a-z0-9+.-]*:\/\/)[^\s/@]*:[^\s@]*@/giu;
const bearer = /\b(bearer)\s+[\w.~+/=-]+/giu;
const longest = 500;

/**
 * Text of foreign origin made fit to be shown: the given secrets, credentials in URLs and bearer
 * tokens are replaced, control characters go, and it is cut to a readable length.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
    // A one-letter "secret" would only mutilate the message and tell what it is.
    if (secret.length >= 3) clean = clean.split(secret).join("[secret]");
  }
  clean = clean.replace(credentialsInUrl, "$1[secret]@").replace(bearer, "$1 [secret]");
  clean = clean.replace(/[\p{Cc}\s]+/gu, " ").trim();
  return clean.length > longest ? `${clean.slice(0, longest)}…` : clean;
}

/** Every string in a value, at any depth: what must not be seen when the value is secret. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(stringsIn);
  return [];
}
