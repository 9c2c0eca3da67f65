import { cpuUsage } from "node:process";
import { PROBE_MS } from "./host_pace.ts";

// Needs the processor for some milliseconds, again and again, as an instance does
// that handles messages, and prints how long it has waited for it each time.

const REST_MS = 45;

/** Processor time of this process so far, in ms. */
function usedMs(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1_000;
}

for (;;) {
  const startedAt = performance.now();
  await new Promise((done) => setTimeout(done, REST_MS));
  const end = usedMs() + PROBE_MS;
  while (usedMs() < end);
  const waitedMs = performance.now() - startedAt - REST_MS - PROBE_MS;
  console.log(Math.max(0, waitedMs).toFixed(1));
}
