import { deepEqual, equal, ok } from "node:assert/strict";
import { DAY_MS } from "@/lib/base/times.ts";
import { newContent } from "@/lib/model/widget.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { EventFeed, POLL_MS, STREAMS_OF_TOKEN_MAX } from "./event_feed.ts";
import { BEAT_MS, eventStream, RESUMED_MAX } from "./event_stream.ts";

const uuid = "a".repeat(32);

/** Lets time pass until the stream has told an event. */
async function told(
  reader: Reader,
  { store, clock }: Pick<Awaited<ReturnType<typeof room>>, "store" | "clock">,
) {
  let isRead = false;
  const event = reader.next().finally(() => isRead = true);
  while (!isRead) {
    clock.advance(POLL_MS);
    await store.audit.has({ at: 0, id: "" }); // Lets the feed read, too.
  }
  return await event;
}

async function room() {
  const store = await memoryStore();
  const { contactRecords: records, inquiries, audit, clock } = store;
  const feed = new EventFeed({ records, inquiries, audit, clock });
  let isAccepted = true;
  const open = async (after = "", token = "t") => {
    const stream = await eventStream({
      ...{ feed, clock, token, after },
      isAccepted: () => Promise.resolve(isAccepted),
    });
    return new Reader(stream);
  };
  return {
    ...{ store, feed, clock, open },
    revoke: () => isAccepted = false,
    contact: (id: string, endedAt = clock.wall()) =>
      records.add({
        ...{ id, widget: uuid, address: "ben", media: "chat", messages: 1 },
        ...{ startedAt: endedAt - 1, endedAt, cause: 16 },
      }),
  };
}

/** Reads a stream event by event, as a program does. */
class Reader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;
  readonly #decoder = new TextDecoder();
  #text = "";

  constructor(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
    this.#reader = stream.getReader();
  }

  /** Returns the next event; undefined at the end of the stream. */
  async next(): Promise<
    { id: string; data: Record<string, unknown> } | undefined
  > {
    for (;;) {
      const end = this.#text.indexOf("\n\n");
      if (end >= 0) {
        const block = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        const [, id = ""] = /^id: (.*)$/m.exec(block) ?? [];
        const [, event] = /^event: (.*)$/m.exec(block) ?? [];
        const [, data] = /^data: (.*)$/m.exec(block) ?? [];
        if (event === undefined || data === undefined) continue;
        return { id, data: { event, ...JSON.parse(data) } };
      }
      const { done, value } = await this.#reader.read();
      if (done) return undefined;
      this.#text += this.#decoder.decode(value);
    }
  }

  close(): Promise<void> {
    return this.#reader.cancel();
  }
}

Deno.test("[API15] a stream tells each later contact, message and change once, without personal data", async () => {
  const { store, clock, open, contact } = await room();
  using _store = store;
  const next = () => told(reader, { store, clock });
  await contact("before");
  const reader = await open();

  clock.advance(POLL_MS);
  const at = clock.wall();
  await contact("c1", at);
  const first = await next();
  const made = await store.inquiries.create({
    ...{ id: "m1", widget: uuid, address: "ben", name: "Jonas", lang: "en" },
    ...{ reply: "jonas@example.com", text: "Please call" },
  });
  const second = await next();
  await store.widgets.create("sidebar", newContent("Shop", "en"), uuid);
  const third = await next();
  await reader.close();

  deepEqual(first?.data, {
    ...{ event: "contact-ended", type: "contact-ended", at },
    ...{ contact: `${at}.c1`, widget: uuid },
  });
  ok(made.ok);
  deepEqual(second?.data["number"], made.value.inquiry.number);
  deepEqual(
    [third?.data["type"], third?.data["widget"]],
    ["widget-created", uuid],
  );
  const text = JSON.stringify([first, second, third]);
  equal(/ben|Jonas|Please|Shop/.test(text), false);
});

Deno.test("[API15] a program that continues misses nothing, also what was stored late", async () => {
  const { store, clock, open, contact } = await room();
  using _store = store;
  const reader = await open();
  await contact("c1");
  const first = await told(reader, { store, clock });
  await reader.close();
  clock.advance(10_000);
  await contact("c2");
  await contact("late", clock.wall() - 30_000);
  clock.advance(DAY_MS / 2);

  const again = await open(first?.id);
  const ids = [(await again.next())?.data, (await again.next())?.data]
    .map((data) => String(data?.["contact"]).split(".")[1]);
  await again.close();

  deepEqual(ids, ["late", "c2"]);
});

Deno.test("[API15] a program that was away for more than a day is told to read the lists again", async () => {
  const { store, clock, open, contact } = await room();
  using _store = store;
  const reader = await open();
  await contact("c1");
  const first = await told(reader, { store, clock });
  await reader.close();
  clock.advance(DAY_MS);
  await contact("c2");

  const again = await open(first?.id);
  const reset = await again.next();
  await again.close();

  equal(reset?.data["event"], "reset");
});

Deno.test("[API16] a stream ends when its token is no longer accepted", async () => {
  const { store, clock, open, revoke } = await room();
  using _store = store;
  const reader = await open();

  clock.advance(BEAT_MS);
  revoke();
  clock.advance(BEAT_MS);

  equal(await reader.next(), undefined);
});

Deno.test("[API16] the store is read only while a program listens, and a token has at most 5 streams", async () => {
  const { store, feed, clock, open } = await room();
  using _store = store;
  let reads = 0;
  const { list } = store.audit;
  store.audit.list = (options) => {
    reads++;
    return list.call(store.audit, options);
  };
  const readers: Reader[] = [];
  for (let n = 0; n < STREAMS_OF_TOKEN_MAX; n++) readers.push(await open());
  const isFull = [feed.isFull("t"), feed.isFull("u")];

  for (const reader of readers) await reader.close();
  const before = reads;
  clock.advance(10 * POLL_MS);

  deepEqual(isFull, [true, false]);
  equal(feed.isFull("t"), false);
  deepEqual([before, reads], [1, 1]);
});

Deno.test("[API16] a stream that is not read ends", async () => {
  const { store, feed, clock, open, contact } = await room();
  using _store = store;
  for (let n = 1; n < STREAMS_OF_TOKEN_MAX; n++) await open();
  await open();
  const before = feed.isFull("t");

  for (let n = 0; n < 1_100; n++) await contact(`c${n}`);
  while (feed.isFull("t")) {
    clock.advance(POLL_MS);
    await store.audit.has({ at: 0, id: "" });
  }

  equal(before, true);
});

Deno.test("[API16] a store that fails for a while delays events, and loses none", async () => {
  const { store, clock, open, contact } = await room();
  using _store = store;
  const reader = await open();
  const { list } = store.audit;
  const failed = Promise.withResolvers<void>();
  store.audit.list = () => {
    failed.resolve();
    return Promise.reject(new Error("no answer"));
  };

  await contact("c1");
  clock.advance(POLL_MS);
  await failed.promise;
  store.audit.list = list.bind(store.audit);
  clock.advance(5 * 60_000);
  const found = await told(reader, { store, clock });
  await reader.close();

  ok(found);
});

Deno.test("[API15] a program that has missed more than 1,000 events is told to read the lists again, and no more is read", async () => {
  const { store, clock, open, contact } = await room();
  using _store = store;
  const reader = await open();
  await contact("c1");
  const first = await told(reader, { store, clock });
  await reader.close();
  let read = 0;
  const at = clock.wall();
  store.contactRecords.list = async function* () {
    for (; read < 5_000; read++) {
      yield {
        ...{ id: `r${read}`, widget: uuid, address: "ben", media: "chat" },
        ...{ startedAt: at, endedAt: at, cause: 16, messages: 1 },
      };
      await Promise.resolve();
    }
  };
  const before = await open();
  read = 0;

  const again = await open(first?.id);
  const reset = await again.next();
  await before.close();
  await again.close();

  equal(reset?.data["event"], "reset");
  ok(read <= RESUMED_MAX + 1, `${read} records were read`);
});
