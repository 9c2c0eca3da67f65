import { deepEqual, equal, match } from "node:assert/strict";
import * as v from "valibot";
import { askForAdvisories } from "@/tools/audit.ts";
import {
  type Dependencies,
  type Manifest,
  problemsOf,
} from "@/tools/dependency_rules.ts";

const HASH = `sha512-${"A".repeat(86)}==`;

/** A product of `a`, which needs `b`, and of a test that uses `t`. */
function product(
  { manifests = {}, ...own }: Partial<Dependencies> & {
    manifests?: Record<string, Manifest>;
  } = {},
): Dependencies {
  const good: Manifest = { license: "MIT", scripts: {} };
  const installed: Record<string, Manifest> = {
    "a@1.0.0": good,
    "b@2.0.0": good,
    "t@3.0.0": { ...good, license: "MPL-2.0" },
    ...manifests,
  };
  return {
    lock: {
      version: "5",
      npm: {
        "a@1.0.0_peer@9.0.0": { integrity: HASH, dependencies: ["b"] },
        "b@2.0.0": { integrity: HASH, dependencies: [] },
        "t@3.0.0": { integrity: HASH, dependencies: [] },
      },
      jsr: {},
      remote: {},
    },
    imports: {
      "@/": "./",
      a: "npm:a@1.0.0",
      "a/lib/part.js": "npm:a@1.0.0/lib/part.js",
      t: "npm:t@3.0.0",
    },
    shipped: ["a", "node:"],
    manifest: (id) => installed[id],
    platform: { os: "linux", cpu: "x64" },
    ...own,
  };
}

Deno.test("packages are pinned, hashed, licensed, without install scripts and maintained, or listed as exceptions", () => {
  const good = product();
  const { lock } = good;

  deepEqual(problemsOf(good), []);
  deepEqual(
    problemsOf(product({ imports: { a: "npm:a@^1.0.0", b: "jsr:@x/b@1" } })),
    [
      "a is not pinned to one version: npm:a@^1.0.0",
      "b is not pinned to one version: jsr:@x/b@1",
    ],
  );
  deepEqual(
    problemsOf(product({
      lock: {
        ...lock,
        npm: { ...lock.npm, "b@2.0.0": { integrity: "", dependencies: [] } },
        remote: { "https://example.com/x.ts": "0" },
      },
    })),
    [
      "https://example.com/x.ts is not from npm",
      "b@2.0.0 has no SHA-512 in deno.lock",
    ],
  );
  deepEqual(
    problemsOf(product({
      manifests: {
        "a@1.0.0": { license: "MIT", scripts: { postinstall: "node x" } },
        "b@2.0.0": { license: "MPL-2.0", scripts: {}, deprecated: "Use c" },
        "t@3.0.0": { license: { type: "MIT" }, scripts: {} },
      },
    })),
    [
      "a@1.0.0 runs a script at postinstall",
      'b@2.0.0 has the licence "MPL-2.0"',
      "b@2.0.0 is deprecated: Use c",
      't@3.0.0 has the licence {"type":"MIT"}',
    ],
  );
});

Deno.test("problemsOf() expects no package for another system or processor", () => {
  const { lock } = product();
  const entry = { integrity: HASH, dependencies: [] };
  const npm = {
    ...lock.npm,
    "mac@1.0.0": { ...entry, os: ["darwin"] },
    "arm@1.0.0": { ...entry, os: ["linux"], cpu: ["arm64"] },
    "here@1.0.0": { ...entry, os: ["linux"], cpu: ["x64"] },
  };

  deepEqual(problemsOf(product({ lock: { ...lock, npm } })), [
    "here@1.0.0 is not installed: deno install",
  ]);
});

Deno.test("problemsOf() accepts the MPL of ical.js, and of no other package that is shipped", () => {
  const parts = (name: string) => ({
    lock: {
      ...product().lock,
      npm: { [`${name}@1.0.0`]: { integrity: HASH, dependencies: [] } },
    },
    imports: { [name]: `npm:${name}@1.0.0` },
    shipped: [name],
    manifests: { [`${name}@1.0.0`]: { license: "MPL-2.0", scripts: {} } },
  });

  deepEqual(problemsOf(product(parts("ical.js"))), []);
  deepEqual(problemsOf(product(parts("ical.jsx"))), [
    'ical.jsx@1.0.0 has the licence "MPL-2.0"',
  ]);
});

Deno.test("the notice of ical.js names its licence, and the source of the version that is shipped", async () => {
  const read = (path: string) =>
    Deno.readTextFile(new URL(`../../${path}`, import.meta.url));
  const { imports } = v.parse(
    v.object({ imports: v.object({ "ical.js": v.string() }) }),
    JSON.parse(await read("deno.json")),
  );
  const version = imports["ical.js"].split("@")[1];

  // The build keeps a comment that begins like this.
  const [notice = ""] = /^\/\*![^]*?\*\//
    .exec(await read("components/opening_hours/calendar_file.ts")) ?? [];

  match(notice, /Mozilla[ \n*]+Public License 2\.0/);
  match(notice, new RegExp(`npmjs\\.com/package/ical\\.js/v/${version}\\s`));
});

Deno.test("problemsOf() accepts esbuild's install script only in a tool", () => {
  const esbuild = { license: "MIT", scripts: { postinstall: "node x" } };
  const parts = {
    lock: {
      ...product().lock,
      npm: { "esbuild@1.0.0": { integrity: HASH, dependencies: [] } },
    },
    imports: { esbuild: "npm:esbuild@1.0.0" },
    manifests: { "esbuild@1.0.0": esbuild },
  };

  deepEqual(problemsOf(product(parts)), []);
  deepEqual(problemsOf(product({ ...parts, shipped: ["esbuild"] })), [
    "esbuild@1.0.0 runs a script at postinstall",
  ]);
});

Deno.test("problemsOf() reports a package that isn't installed", () => {
  const problems = problemsOf(product({ manifest: () => undefined }));

  equal(problems.length, 3);
  match(problems[0]!, /^a@1\.0\.0 is not installed/);
});

Deno.test("the advisory service's yes, no and missing answer are told apart", async () => {
  const answers = [
    () => Response.json({}),
    () => Response.json({ ws: [WEAKNESS] }),
    () => new Response("no", { status: 405 }),
  ];
  const found: string[] = [];

  for (const answer of answers) {
    await using registry = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      answer,
    );
    const NPM_CONFIG_REGISTRY = `http://127.0.0.1:${registry.addr.port}/`;
    const advisories = await askForAdvisories({ NPM_CONFIG_REGISTRY });
    found.push(advisories.is);
    if (advisories.is === "found") match(advisories.text, /It can be read/);
  }

  deepEqual(found, ["none", "found", "unanswered"]);
});

const WEAKNESS = {
  id: 1,
  url: "https://example.com/advisory",
  title: "It can be read",
  severity: "high",
  vulnerable_versions: ">=1.0.0",
  cwe: [],
  cvss: { score: 7, vectorString: null },
};
