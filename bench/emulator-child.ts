import { startEmulator } from "../test/emulator/index";

/**
 * The emulator as a process of its own, so that its time is not the program's. It is told what to do
 * by its parent, and ends with it.
 */
async function main(provisioningMs: number): Promise<void> {
  const emulator = await startEmulator({
    provisioningMs,
    // What the platforms do is to be quick here: what is measured is everything else.
    credentialsDelayMs: 0,
    deletionMs: 300,
    // Five hundred add-ons need more requests than an hour has, for whichever provider.
    rateLimit: 1_000_000,
  });
  const tell = (message: object) => process.send?.(message);
  process.on("message", (message) => {
    if (message === "clear") emulator.clearLog();
    const { requests, violations } = emulator;
    tell({ requests: requests.length, violations: violations.slice(0, 10) });
  });
  process.on("disconnect", () => void emulator.close().then(() => process.exit()));
  tell({ env: emulator.env() });
}

main(Number(process.argv[2])).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
