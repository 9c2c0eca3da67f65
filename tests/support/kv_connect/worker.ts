import { parentPort, workerData } from "node:worker_threads";
import { serveKvConnect } from "./server.ts";

// Serves KV Connect in a separate thread, so that the tests' check for open
// connections does not count those of the server.
// It reports its port, and confirms each message that sets faults.

const { port, be } = serveKvConnect(String(workerData));
parentPort?.on("message", ({ id, database, faults }) => {
  be(database, faults);
  parentPort?.postMessage({ id });
});
parentPort?.postMessage({ port });
