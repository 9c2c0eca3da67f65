import { deepEqual, equal } from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { logInto } from "@/tests/support/log_into.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { OldWidgetFiles } from "./old_widget_files.ts";
import { WidgetFiles } from "./widget_files.ts";

/** A build of the widget: an entry, and one chunk with a hash in its name. */
async function build(chunk: string): Promise<WidgetFiles> {
  const folder = await Deno.makeTempDir();
  for (const name of ["widget.js", chunk]) {
    const code = new TextEncoder().encode(`// ${name}`);
    await Deno.writeFile(`${folder}/${name}`, code);
    await Deno.writeFile(`${folder}/${name}.gz`, gzipSync(code));
  }
  const files = await WidgetFiles.read(new URL(`file://${folder}/`));
  await Deno.remove(folder, { recursive: true });
  return files;
}

async function text(
  files: OldWidgetFiles,
  url: string,
  headers: Record<string, string> = {},
): Promise<string | undefined> {
  const answer = await files.answer({ method: "GET", url, headers });
  return answer && await new Response(answer.body).text();
}

Deno.test("after an update the previous version's chunks are still served", async () => {
  using store = await memoryStore();
  const shared = { store: store.widgetFiles, clock: new FakeClock() };
  await using before = new OldWidgetFiles(
    await build("mod-AAAAAAAA.js"),
    shared,
  );
  await before.keep();
  await using after = new OldWidgetFiles(
    await build("mod-BBBBBBBB.js"),
    shared,
  );
  await after.keep();

  const plain = await text(after, "/mod-AAAAAAAA.js?x");
  const answer = await after.answer({
    method: "GET",
    url: "/mod-AAAAAAAA.js",
    headers: { "accept-encoding": "gzip, br" },
  });

  equal(plain, "// mod-AAAAAAAA.js");
  equal(answer?.headers["content-encoding"], "gzip");
  equal(
    answer?.headers["cache-control"],
    "public, max-age=31536000, immutable",
  );
  // An instance that was not updated yet has what the new ones say.
  equal(await text(before, "/mod-BBBBBBBB.js"), "// mod-BBBBBBBB.js");
});

Deno.test("unknown chunks aren't served, and the entry is never an old one", async () => {
  using store = await memoryStore();
  await using files = new OldWidgetFiles(await build("mod-AAAAAAAA.js"), {
    store: store.widgetFiles,
    clock: new FakeClock(),
  });
  await files.keep();

  equal(await text(files, "/mod-CCCCCCCC.js"), undefined);
  const never = ["/widget.js", "/", "/admin", "/x/mod-AAAAAAAA.js"];
  deepEqual(
    never.map((url) => files.answer({ method: "GET", url, headers: {} })),
    never.map(() => undefined),
  );
  equal(
    files.answer({ method: "POST", url: "/mod-AAAAAAAA.js", headers: {} }),
    undefined,
  );
});

Deno.test("stored files are renewed each day while they are served", async () => {
  const clock = new FakeClock();
  const kept: string[] = [];
  await using files = new OldWidgetFiles(await build("mod-AAAAAAAA.js"), {
    store: {
      keep: (name) => Promise.resolve(void kept.push(name)),
      get: () => Promise.resolve(undefined),
    },
    clock,
  });

  await files.keep();
  clock.advance(24 * 60 * 60 * 1_000);

  deepEqual(kept, ["mod-AAAAAAAA.js", "mod-AAAAAAAA.js"]);
});

Deno.test("an unknown name isn't looked up, and a failing store is logged once a minute without its stack", async () => {
  const asked: string[] = [];
  const clock = new FakeClock();
  await using files = new OldWidgetFiles(await build("mod-AAAAAAAA.js"), {
    store: {
      keep: () => Promise.resolve(),
      get(name) {
        asked.push(name);
        return Promise.reject(new TypeError("too long"));
      },
    },
    clock,
  });
  const logged: string[] = [];
  const names: string[] = [];
  using _log = await logInto(
    logged,
    (properties) => names.push(...Object.keys(properties)),
  );

  equal(files.answer(get(`/${"a".repeat(14_000)}-ABCDEFGH.js`)), undefined);
  equal(await files.answer(get("/mod-BBBBBBBB.js")), undefined);
  equal(await files.answer(get("/mod-CCCCCCCC.js")), undefined);
  clock.advance(59_999);
  equal(await files.answer(get("/mod-CCCCCCCC.js")), undefined);
  equal(logged.length, 1);
  clock.advance(1);
  equal(await files.answer(get("/mod-BBBBBBBB.js")), undefined);

  deepEqual(asked, [
    ...["mod-BBBBBBBB.js", "mod-CCCCCCCC.js"],
    ...["mod-CCCCCCCC.js", "mod-BBBBBBBB.js"],
  ]);
  const line = "Cannot read a widget file from the store: too long";
  deepEqual(logged, [line, line]);
  equal(names.includes("error"), false); // It would bring its stack.
});

Deno.test("40 files of other versions are held in memory, then new ones", async () => {
  const asked: string[] = [];
  await using files = new OldWidgetFiles(await build("mod-AAAAAAAA.js"), {
    store: {
      keep: () => Promise.resolve(),
      get(name) {
        asked.push(name);
        const code = new TextEncoder().encode(name);
        return Promise.resolve(new Uint8Array(gzipSync(code)));
      },
    },
    clock: new FakeClock(),
  });
  const names = Array.from(
    { length: 41 },
    (_, n) => `mod-${String(n).padStart(8, "0")}.js`,
  );
  const askFor = async (names: string[]) => {
    const texts: (string | undefined)[] = [];
    for (const name of names) texts.push(await text(files, `/${name}`));
    deepEqual(texts, names);
    return asked.splice(0);
  };
  const [first = ""] = names;

  deepEqual(await askFor(names.slice(0, 40)), names.slice(0, 40));
  deepEqual(await askFor(names.slice(0, 40)), []);
  deepEqual(await askFor(names.slice(40)), names.slice(40));
  deepEqual(await askFor(names.slice(40)), []);
  deepEqual(await askFor([first]), [first]);
});

function get(url: string) {
  return { method: "GET", url, headers: {} };
}
