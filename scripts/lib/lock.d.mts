/**
 * Runs `work` while holding the lock file at `path`, waiting for another holder first.
 * `onWait` is told once who is being waited for.
 */
export function withLock<T>(
  path: string,
  work: () => T | Promise<T>,
  onWait?: (pid: number | undefined) => void,
): Promise<T>;
