import { deepEqual, equal, match } from "node:assert/strict";
import type { Examples } from "@/lib/admin/examples/examples.ts";
import type { People } from "@/lib/admin/people.ts";
import { readConfig } from "./config.ts";
import { prepare } from "./run.ts";

const PROGRAM = new URL("../../tests/support/bare_service.ts", import.meta.url);
const STOPPED = ["drains within 30000 ms", "is closed"];

/** Longer than the end of a closed program takes on a busy host. */
const ENDS_WITHIN_MS = 10_000;

interface Run {
  code: number;
  /** All that was printed to stdout. */
  lines: string[];
  errors: string;
}

/** Starts a service without its parts. Stops it when it is ready, and when it
 * drains too if it never ends. */
async function run(
  settings: string[],
  bare: "tls" | "set-up" | "busy" | "broken" | "" = "",
): Promise<Run> {
  const data = await Deno.makeTempDir();
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", PROGRAM.pathname],
      ...[`--data=${data}`, "--log=error", ...settings],
    ],
    env: { BARE: bare, NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const errors = new Response(child.stderr).text();
  const kill = () => child.kill("SIGKILL");
  let text = "";
  let late: ReturnType<typeof setTimeout> | undefined;
  const stops: [RegExp, Deno.Signal][] = [[/Ready/, "SIGTERM"]];
  if (bare === "busy") stops.push([/drains/, "SIGINT"]);
  for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (/is closed/.test(text)) late ??= setTimeout(kill, ENDS_WITHIN_MS);
    const [when, signal] = stops[0] ?? [];
    if (signal === undefined || !when?.test(text)) continue;
    stops.shift();
    child.kill(signal);
  }
  const { code } = await child.status;
  clearTimeout(late);
  await Deno.remove(data, { recursive: true });
  return { code, lines: text.trim().split("\n"), errors: await errors };
}

Deno.test("a start says where the service is, how to sign in, and where the examples are", async () => {
  const runs = await Promise.all([
    run([]),
    run(["--host=::"], "set-up"),
    run(["--host=::1"], "tls"),
    run(["--host=192.0.2.7", "--public-url=https://w.example.com"]),
  ]);

  const urls = [
    ["http://localhost:1234", "/setup?token=a-token"],
    ["http://localhost:1234", "/login"],
    ["https://[::1]:1234", "/setup?token=a-token"],
    ["https://w.example.com", "/setup?token=a-token"],
  ];
  deepEqual(
    runs,
    urls.map(([url, signIn]) => ({
      code: 0,
      lines: [
        `URL      ${url}/`,
        `Sign in  ${url}${signIn}`,
        `Preview  ${url}/preview/one`,
        `Preview  ${url}/preview/two`,
        "Ready",
        ...STOPPED,
      ],
      errors: "",
    })),
  );
});

Deno.test("a stop waits for calls as long as allowed, or until a second signal", async () => {
  const { code, lines } = await run(["--drain-seconds=7"], "busy");

  equal(code, 0);
  deepEqual(lines.slice(-2), ["drains within 7000 ms", "is closed"]);
});

Deno.test("a start that fails says why, and closes what it has opened", async () => {
  deepEqual(await run([], "broken"), {
    code: 1,
    lines: ["is closed"],
    errors: "Cannot start: no port is left\n",
  });
});

Deno.test("a start ends before it opens anything if one file of the settings is unusable", async () => {
  const files = ["--tls-cert=/none/c.pem", "--tls-key=/none/k.pem"];
  const { code, lines, errors } = await run(files);

  equal(code, 1);
  deepEqual(lines, [""]);
  match(errors, /^CW_TLS_CERT cannot be read: No such file[^\n]*\n$/);
});

Deno.test("CW_ADMIN_PASSWORD makes an administrator, who gets the examples", async () => {
  const done: string[] = [];
  const services = {
    people: {
      ensureAdmin(password: string) {
        done.push(`admin ${password}`);
        return Promise.resolve({ name: "admin", displayName: "Ada" });
      },
    } as unknown as People,
    examples: {
      make: () => Promise.resolve(void done.push("examples")),
      adopt: ({ name, displayName }: { name: string; displayName: string }) =>
        Promise.resolve(void done.push(`of ${name}, ${displayName}`)),
    } as unknown as Examples,
  };

  for (const password of ["", "ten chars!"]) {
    const config = readConfig(
      [`--admin-password=${password}`],
      () => undefined,
    );
    if (config.ok) await prepare(services, config.value);
    done.push("-");
  }

  deepEqual(done, [
    ...["examples", "-"],
    ...["examples", "admin ten chars!", "of admin, Ada", "-"],
  ]);
});
