import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";

const LOG = new URL("log.ts", import.meta.url).href;

Deno.test("as JSON, what a package writes to the console is an object too", async () => {
  const lines = await logged("json");

  const [said] = lines.map((line) => JSON.parse(line));
  equal(lines.length, 1);
  deepEqual([said.level, said.message, said.template, said.logger], [
    "ERROR",
    "GET /x failed:",
    "{text}",
    "widgets.console",
  ]);
  equal(said.properties.error.message, "bad");
});

Deno.test("as text, an exception is a log line with its stack indented below", async () => {
  const [first = "", ...below] = await logged("text");

  match(first, /\[ERR\] widgets·console: GET \/x failed: Error: bad$/);
  equal(below.length > 0, true);
  for (const line of below) match(line, /^ {4,}at /);
});

Deno.test("as text, a sentence on the console is unchanged", async () => {
  const lines = await logged("text", `console.error("Cannot start: why");`);

  deepEqual(lines, ["Cannot start: why"]);
});

Deno.test("as text, only the lines of a failed request end with its id", async () => {
  const [refused = "", failed = "", thrown = "", ...below] = await logged(
    "text",
    IN_REQUEST,
  );

  match(refused, /\[WRN\] widgets·admin: Sign-in failed for ada$/);
  match(failed, /: GET \/x: 500 in 3 ms \(requestId from-the-proxy-1\)$/);
  match(
    thrown,
    /: GET \/x failed: Error: bad \(requestId from-the-proxy-1\)$/,
  );
  match(below[0] ?? "", /^ {4}forged \\u202e$/);
});

Deno.test("a JSON line has its message with the values, and its template", async () => {
  const [line = ""] = await logged("json", SIGN_IN);

  const { message, template, properties } = JSON.parse(line);
  equal(message, "Sign-in failed for ada\\nforged from 192.0.2.1");
  equal(template, "Sign-in failed for {name} from {address}");
  deepEqual(properties, { name: "ada\nforged", address: "192.0.2.1" });
});

Deno.test("a text line has its values without quotes and can't be forged", async () => {
  const lines = await logged("text", SIGN_IN);

  equal(lines.length, 1);
  match(
    lines[0] ?? "",
    /\[WRN\] widgets·admin: Sign-in failed for ada\\nforged from 192\.0\.2\.1$/,
  );
});

for (const format of ["text", "json"]) {
  Deno.test(`hidden characters of a value or an error are escaped in a log of ${format}`, async () => {
    const [line = ""] = await logged(format, HIDDEN);

    match(
      line,
      /(\\\\?)u202eexe from \1u009b31m: Error: a\1(n|u000a)b\1u2028c/,
    );
    doesNotMatch(line, /[\u007f-\u009f\u2028-\u202e]/);
  });
}

const HIDDEN = String.raw`
  const { getLogger } = await import("@logtape/logtape");
  getLogger(["widgets", "admin"]).warn(
    "Sign-in failed for {name} from {address}: {error}",
    { name: "\u202eexe", address: "\u009b31m", error: new Error("a\nb\u2028c") },
  );`;

const SIGN_IN = `
  const { getLogger } = await import("@logtape/logtape");
  getLogger(["widgets", "admin"]).warn(
    "Sign-in failed for {name} from {address}",
    { name: "ada\\nforged", address: "192.0.2.1" },
  );`;

const IN_REQUEST = String.raw`
  const { getLogger, withContext } = await import("@logtape/logtape");
  withContext({ requestId: "from-the-proxy-1" }, () => {
    getLogger(["widgets", "admin"])
      .warn("Sign-in failed for {name}", { name: "ada" });
    getLogger(["widgets", "http"]).error("{method} {path}: {status} in {ms} ms", {
      ...{ method: "GET", path: "/x", status: 500, ms: 3 },
    });
    console.error("GET /x failed:", new Error("bad\nforged \u202e"));
  });`;

const FAILED = `console.error("GET /x failed:", new Error("bad"));`;

/** Returns the log of a program whose page has failed. */
async function logged(
  logFormat: string,
  run = FAILED,
): Promise<string[]> {
  const code = `
    import { startLog } from ${JSON.stringify(LOG)};
    await startLog({ log: "info", logFormat: ${JSON.stringify(logFormat)} });
    ${run}`;
  const { stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", "--ext=ts", code],
    cwd: new URL("../../", import.meta.url),
    env: { NO_COLOR: "1" },
  }).output();
  return new TextDecoder().decode(stderr).trim().split("\n");
}
