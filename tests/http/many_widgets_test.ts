import { deepEqual, equal, ok } from "node:assert/strict";
import { anAgent, contentWith } from "@/tests/support/any_widget.ts";
import { apiApp } from "@/tests/support/api_app.ts";

const WIDGETS = 500;
const AGENTS = 100;
/** The list answers in this time, and with so many bytes. */
const WITHIN_MS = 100;
const BYTES_MAX = 200_000;

Deno.test("500 widgets with 100 agents each are listed in under 100 ms and 200 KB, and the list is always current", async () => {
  using app = await apiApp();
  const { cookie, id } = await app.signIn("ada", "admin");
  const agents = Array.from(
    { length: AGENTS },
    (_, n) => anAgent(`agent${n}`, { name: `Agent number ${n}` }),
  );
  for (let n = 0; n < WIDGETS; n++) {
    const content = contentWith(agents, { name: `Widget number ${n}` });
    await app.store.widgets.create("cardset", content);
    app.store.clock.advance(1);
  }
  async function list() {
    const startedAt = performance.now();
    const response = await app.call("GET", "/api/widgets", { cookie });
    const text = await response.text();
    return { text, tookMs: performance.now() - startedAt };
  }
  await list(); // The first one after a start reads all widgets.

  const all = [];
  for (let n = 0; n < 5; n++) all.push(await list());
  const { text } = all[0]!;
  const { widgets } = JSON.parse(text);
  const [first] = await app.store.widgets.list();
  ok(first);
  const by = { id, name: "ada" };
  const { uuid, content } = first.value;
  await app.services.widgets.save(uuid, {
    revision: first.revision,
    content: { ...content, name: "Renamed", agents: [] },
  }, by);
  await app.services.widgets.delete(widgets[1].uuid, by);
  const later = JSON.parse((await list()).text).widgets;

  const fastest = Math.min(...all.map(({ tookMs }) => tookMs));
  ok(fastest < WITHIN_MS, `took ${fastest} ms`);
  ok(text.length < BYTES_MAX, `${text.length} bytes`);
  equal(widgets.length, WIDGETS);
  equal(later.length, WIDGETS - 1);
  const { name, agents: count } = later[0];
  deepEqual([name, count, later[1].uuid], ["Renamed", 0, widgets[2].uuid]);
});
