// Written by `npm run generate`; a change here would be lost.

/** What package.json says of the package. */
export interface Package {
  readonly version: string;
  readonly publisher: string;
  readonly homepage?: string;
  readonly repository?: string;
  readonly bugs?: string;
}

export const version = "0.1.0";
export const about: Package = { version: "0.1.0", publisher: "The pulumi-paas-addons authors" };
