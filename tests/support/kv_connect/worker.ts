import { parentPort, workerData } from "node:worker_threads";
import { serveKvConnect } from "./server.ts";

// Serves KV Connect beside the tests, so that its connections are not theirs.
// It reports its port, and confirms each message that sets faults.

const { port, be } = serveKvConnect(String(workerData));
parentPort?.on("message", ({ id, database, faults }) => {
  be(database, faults);
  parentPort?.postMessage({ id });
});
parentPort?.postMessage({ port });
