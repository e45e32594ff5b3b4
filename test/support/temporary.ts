import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folders = new Set<string>();

// A test that forgot to clean up, or was interrupted, should not fill the disk.
process.on("exit", () => {
  for (const folder of folders) removeFolder(folder);
});

/** A new empty folder outside the repository, gone when the process ends at the latest. */
export function temporaryFolder(name: string): string {
  // Without the real path, Node and the engine disagree about where a module is on macOS.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `paas-addons-${name}-`)));
  folders.add(folder);
  return folder;
}

/** Removes a folder, unless KEEP_TEMP=1 asks to leave it for a look. */
export function removeFolder(folder: string): void {
  if (process.env.KEEP_TEMP === "1") return;
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  folders.delete(folder);
}
