import { deepEqual, equal, match } from "node:assert/strict";
import { POLL_MS, STREAMS_OF_TOKEN_MAX } from "@/lib/api/event_feed.ts";
import { problemOf, tokenApi } from "@/tests/support/token_api.ts";

const NEW = { type: "sidebar", content: { name: "Shop" } };

Deno.test("[API15] a program hears of a change by another one, and closes its stream", async () => {
  using api = await tokenApi();
  const { clock } = api.app.store;

  const response = await api.call("GET", "/events");
  clock.advance(1);
  const made = await api.call("POST", "/widgets", { body: NEW });
  clock.advance(POLL_MS);
  let text = "";
  for await (const piece of response.body ?? []) {
    text += new TextDecoder().decode(piece);
    if (text.includes("widget-created")) break; // Closes it.
  }

  equal(response.headers.get("content-type"), "text/event-stream");
  equal(response.headers.get("cache-control"), "no-store");
  const { uuid } = await made.json();
  match(text, /^retry: 5000\n\n/);
  match(text, new RegExp(`data: {"type":"widget-created",.*"${uuid}"}\n\n$`));
});

Deno.test("[API16] a token over its limit of streams has to wait, and one that only asks for headers opens none", async () => {
  using api = await tokenApi();
  const open = (headers: HeadersInit = {}) =>
    api.call("GET", "/events", { headers });
  const heads = [];
  for (let n = 0; n <= STREAMS_OF_TOKEN_MAX; n++) {
    heads.push((await api.call("HEAD", "/events")).status);
  }
  const streams = [];
  for (let n = 0; n < STREAMS_OF_TOKEN_MAX; n++) streams.push(await open());

  const refused = await open();
  await streams.pop()?.body?.cancel();
  const next = await open();
  const wrong = await open({ "last-event-id": "x" });

  equal((await problemOf(refused, 429)).retryAfter, 60);
  equal((await problemOf(wrong, 400)).field, "Last-Event-ID");
  deepEqual(new Set([...heads, next.status]), new Set([200]));
  for (const stream of [...streams, next]) await stream.body?.cancel();
});
