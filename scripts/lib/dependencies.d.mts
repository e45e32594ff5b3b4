/** Whether the folder's node_modules holds what its lock file says; the folder is the root unless given. */
export function dependenciesInstalled(folder?: string): boolean;

/** Runs `npm ci` there, with these options. */
export function installDependencies(folder?: string, options?: readonly string[]): Promise<void>;
