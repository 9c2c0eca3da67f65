import { equal, match } from "node:assert/strict";
import { STORE_WITHIN_MS } from "@/lib/store/patience.ts";
import { contentWith } from "../support/any_widget.ts";
import { apiApp } from "../support/api_app.ts";
import { openFaultyKv } from "../support/faulty_kv.ts";
import { settle, VisitorRoom } from "../support/visitor_room.ts";

async function aWidget(app: Awaited<ReturnType<typeof apiApp>>) {
  const { cookie } = await app.signIn("ada", "admin");
  const made = await app.call("POST", "/api/widgets", {
    cookie,
    body: { type: "sidebar" },
  });
  const widget = await made.json();
  const path = `/api/widgets/${widget.uuid}`;
  const save = (name: string) =>
    app.call("PUT", path, {
      cookie,
      body: { revision: widget.revision, content: contentWith([], { name }) },
    });
  const name = async () =>
    (await (await app.call("GET", path, { cookie })).json()).content.name;
  const before = await name();
  return { save, name, before, status: made.status };
}

for (const state of ["fails", "hangs"] as const) {
  Deno.test(`a store that ${state}: saving reports it, nothing is half-written, and it recovers`, async () => {
    const { kv, be } = await openFaultyKv();
    using app = await apiApp({ kv });
    const { save, name, before, status } = await aWidget(app);
    equal(status, 201);

    be(state);
    const startedAt = performance.now();
    const refused = await save("During");
    const tookMs = performance.now() - startedAt;
    const { reason, text } = await refused.json();

    equal(refused.status, 503);
    equal(reason, "unavailable");
    match(
      text,
      /^The store does not answer, or cannot write\. .* Reload to check/,
    );
    equal(tookMs < STORE_WITHIN_MS + 2_000, true, `${tookMs} ms`);
    equal(STORE_WITHIN_MS, 5_000);
    equal(await name(), before);
    be("ok");
    for (let n = 0; n < 20; n++) await settle();
    // What was late may have been done all the same: all of it, or nothing.
    const now = await name();
    equal(now === before || (state === "hangs" && now === "During"), true);
    const again = await save("After");
    equal(again.status, now === before ? 200 : 409);
  });
}

Deno.test("while the store fails, presence, chats and calls continue, and everything is stored later", async () => {
  const { kv, be } = await openFaultyKv();
  using app = await apiApp({ kv });
  const { runningChats } = app.store;
  using room = new VisitorRoom({}, { chatStore: runningChats });
  const page = await room.page();
  be("fails");

  page.say({ mt: "CreateChat", dest: "columbia", dn: "Ada" });
  for (let n = 0; n < 100; n++) {
    page.say({ mt: "ChatMessage", id: `${n}`, text: `text ${n}` });
  }
  await page.until("ChatAck", ({ id }) => id === "99");
  room.agents.setPresence("atlantis", "busy");
  await page.until("Info", ({ presence }) => presence === "busy");
  be("ok");
  for (let n = 0; n < 20; n++) {
    room.clock.advance(1_000);
    await settle();
  }

  const [kept] = await Array.fromAsync(runningChats.all());
  equal(kept?.entries.length, 100);
});
