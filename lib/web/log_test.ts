import { deepEqual, equal, match } from "node:assert/strict";

const LOG = new URL("log.ts", import.meta.url).href;

Deno.test("as JSON, what a package writes to the console is an object too", async () => {
  const lines = await logged("json");

  const [said] = lines.map((line) => JSON.parse(line));
  equal(lines.length, 1);
  deepEqual([said.level, said.message, said.logger], [
    "ERROR",
    "GET /x failed:",
    "widgets.console",
  ]);
  equal(said.properties.error.message, "bad");
});

Deno.test("as text, it stays as it is written", async () => {
  const [first] = await logged("text");

  match(first ?? "", /^GET \/x failed: Error: bad$/);
});

/** What a program says whose page has failed. */
async function logged(logFormat: string): Promise<string[]> {
  const code = `
    import { startLog } from ${JSON.stringify(LOG)};
    await startLog({ log: "info", logFormat: ${JSON.stringify(logFormat)} });
    console.error("GET /x failed:", new Error("bad"));`;
  const { stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", "--ext=ts", code],
    env: { NO_COLOR: "1" },
  }).output();
  return new TextDecoder().decode(stderr).trim().split("\n");
}
