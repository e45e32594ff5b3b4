export const root: string;

/** What setup remembers between runs; ignored by git and by npm pack. */
export const cacheFolder: string;

export const dist: string;
export const plugin: string;
export const modules: string;
