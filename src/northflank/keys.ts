import { addressIn, type Endpoint, parseUri } from "../provider/connection";

/** What the credentials of an add-on hold, found by key without regard to case and underscores. */
export class Keys {
  private readonly values: ReadonlyMap<string, string>;

  constructor(vars: Readonly<Record<string, string>>) {
    const filled = Object.entries(vars).filter(([, value]) => value !== "");
    this.values = new Map(filled.map(([key, value]) => [normal(key), value]));
  }

  /** The value of the first of these keys that has one. */
  find(...names: readonly string[]): string | undefined {
    return names.map((name) => this.values.get(normal(name))).find((value) => value !== undefined);
  }

  /** The first of these keys that holds a URI, or else an address that only lacks the scheme. */
  endpoint(names: readonly string[], scheme: string | undefined): Endpoint | undefined {
    const values = names.map((name) => this.find(name) ?? "");
    const uris = values.map(endpointIn);
    const bare = values.map((value) => (value.includes(".") ? addressIn(value) : undefined));
    const address = bare.find((found) => found !== undefined);
    return (
      uris.find((found) => found !== undefined) ??
      (address === undefined || scheme === undefined ? undefined : { ...address, scheme })
    );
  }

  /** The first URI with a password whose key has this form; of this scheme, if that is given. */
  uri(
    form: RegExp,
    scheme?: string,
  ): { readonly key: string; readonly endpoint: Endpoint } | undefined {
    for (const [key, value] of this.values) {
      if (!form.test(key)) continue;
      const endpoint = endpointIn(value);
      const isWanted =
        endpoint?.password !== undefined && endpoint.scheme === (scheme ?? endpoint.scheme);
      if (isWanted) return { key, endpoint };
    }
    return undefined;
  }

  /** True if a key has this form. */
  some(form: RegExp): boolean {
    return [...this.values.keys()].some((key) => form.test(key));
  }
}

function normal(key: string): string {
  return key.toUpperCase().replace(/[^A-Z0-9]/gu, "");
}

function endpointIn(text: string): Endpoint | undefined {
  return parseUri(text) ?? pairsIn(text);
}

/** MySQL's other spelling: `server=host:3306;uid=user;password=secret;database=name`. */
function pairsIn(text: string): Endpoint | undefined {
  if (!/^\s*server\s*=/iu.test(text)) return undefined;
  const pairs = new Map(
    text.split(";").map((pair) => {
      const sign = pair.indexOf("=");
      return [pair.slice(0, sign).trim().toLowerCase(), pair.slice(sign + 1)] as const;
    }),
  );
  const [server, ...others] = (pairs.get("server") ?? "").trim().split(",").map(addressIn);
  if (server === undefined) return undefined;
  return {
    ...server,
    scheme: "mysql",
    others: others.filter((other) => other !== undefined),
    username: pairs.get("uid"),
    password: pairs.get("password"),
    database: pairs.get("database"),
  };
}
