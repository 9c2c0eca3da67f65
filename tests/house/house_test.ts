import { deepEqual, ok } from "node:assert/strict";
import { files } from "@/tests/support/files.ts";
import { permissionFor, roomOf, ROOMS } from "./rooms.ts";

const ROOT = new URL("../../", import.meta.url);
const FILE_LINES_MAX = 300;

Deno.test("[H1] a room imports only rooms below it, so rooms can't form a cycle", () => {
  const below: string[] = [];
  for (const { path, rooms } of ROOMS) {
    deepEqual(rooms.filter((other) => !below.includes(other)), [], path);
    below.push(path);
  }
});

Deno.test("[H2] browser rooms import only browser rooms", () => {
  for (const { path, rooms, browser } of ROOMS) {
    if (!browser) continue;
    deepEqual(rooms.filter((other) => !roomOf(other + "/")?.browser), [], path);
  }
});

Deno.test("[H3] no file is longer than the limit", async () => {
  for await (const { path, text } of files(/\.tsx?$/)) {
    const lines = text.split("\n").length;
    ok(lines <= FILE_LINES_MAX, `${path} has ${lines} lines`);
  }
});

Deno.test("[H4] every SPEC rule has a test and every test tag a rule", async () => {
  const rules = await idsIn(/SPEC\.md$/, /^- \*\*([A-Z]+\d+)\*\*/gm);
  const tags = await idsIn(/_test\.tsx?$/, /"\[([A-Z]+\d+)\]/g);
  const twice = rules.filter((id, at) => rules.indexOf(id) !== at);
  deepEqual([...new Set(tags)], [...new Set(rules)]);
  deepEqual(twice, []);
});

Deno.test("[H5] every source file is in a room", async () => {
  for await (
    const { path } of files(
      /^(lib|routes|components|desk|islands|widget)\/.*\.tsx?$/,
    )
  ) {
    ok(roomOf(path), `${path} is in no room`);
  }
});

Deno.test("[H6] file imports have no cycles, imports of types included", async () => {
  const imports = new Map<string, string[]>();
  for await (const { path, text } of files(/\.tsx?$/)) {
    imports.set(path, targetsIn(path, text, STATIC_IMPORT));
  }
  const cycles = [...imports.keys()].map((path) => circle(path, imports));
  deepEqual(cycles.filter((cycle) => cycle.length > 0), []);
});

Deno.test("[H7] each file that handles Escape checks for an input method first", async () => {
  const deaf: string[] = [];
  for await (const { path, text } of files(/\.tsx?$/)) {
    const isPage = /^(lib\/ui|components|desk|islands|widget)\//.test(path);
    if (!isPage || path.includes("_test.")) continue;
    const reacts = text.includes('"Escape"');
    if (reacts && !text.includes("isComposing(event)")) deaf.push(path);
  }
  deepEqual(deaf, []);
});

Deno.test("[H8] every permission of a room is used", async () => {
  const unused = new Map(ROOMS.map((room) => [
    room,
    new Set([...room.rooms, ...room.packages]),
  ]));
  for await (const { path, text } of files(/\.tsx?$/)) {
    const room = roomOf(path);
    if (room === undefined || path.includes("_test.")) continue;
    for (const pattern of [STATIC_IMPORT, LATER_IMPORT]) {
      for (const target of targetsIn(path, text, pattern)) {
        unused.get(room)?.delete(permissionFor(room, target) ?? "");
      }
    }
  }
  const found = [...unused].flatMap(([{ path }, names]) =>
    [...names].map((name) => `${path} → ${name}`)
  );
  deepEqual(found, []);
});

Deno.test("[H10] an exported type has a name that no other room exports", async () => {
  const rooms = new Map<string, Set<string>>();
  for await (const { path, text } of files(/\.tsx?$/)) {
    const room = roomOf(path);
    if (room === undefined || path.includes("_test.")) continue;
    for (const [, name = ""] of text.matchAll(EXPORTED_TYPE)) {
      rooms.set(name, (rooms.get(name) ?? new Set()).add(room.path));
    }
  }
  const shared = [...rooms].filter(([, all]) => all.size > 1)
    .map(([name, all]) => `${name}: ${[...all].join(", ")}`);
  deepEqual(shared, []);
});

const EXPORTED_TYPE =
  /^export (?:abstract )?(?:class|enum|interface|type) (\w+)/gm;
const STATIC_IMPORT = /^(?:import|export) (?:[^"]*\bfrom )?"([^"]+)"/gm;
const LATER_IMPORT = /\bimport\(\s*"([^"]+)"/g;

/** The files (from the root) and packages that a file imports. */
function targetsIn(path: string, text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, to = ""]) =>
    /^(\.|@\/)/.test(to) ? join(path, to) : to
  );
}

/** The imports that lead from `path` back to itself, or none. */
function circle(path: string, imports: Map<string, string[]>): string[] {
  const seen = new Set<string>();
  function walk(at: string, trail: string[]): string[] {
    for (const next of imports.get(at) ?? []) {
      if (next === path) return [...trail, next];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = walk(next, [...trail, next]);
      if (found.length > 0) return found;
    }
    return [];
  }
  return walk(path, [path]);
}

function join(path: string, specifier: string): string {
  if (specifier.startsWith("@/")) return specifier.slice(2);
  const { pathname } = new URL(specifier, new URL(path, ROOT));
  return pathname.slice(ROOT.pathname.length);
}

/** Sorted, with repetitions. */
async function idsIn(name: RegExp, id: RegExp): Promise<string[]> {
  const ids: string[] = [];
  for await (const { text } of files(name)) {
    for (const match of text.matchAll(id)) ids.push(match[1] ?? "");
  }
  return ids.sort();
}
