import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { InquiryContent } from "@/lib/model/inquiry.ts";
import { newContent } from "@/lib/model/widget.ts";
import { Heard } from "@/tests/support/heard.ts";
import { logInto } from "@/tests/support/log_into.ts";
import { startRefusingSmtp, startSmtp } from "@/tests/support/smtp_server.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { openEngine } from "@/lib/store/open_engine.ts";
import type { StoreEngine } from "@/lib/store/store_engine.ts";
import type { Callback } from "@/lib/model/callback.ts";
import { letterOf } from "./letter.ts";
import { LOOK_MS, Postman, TRIES_MAX } from "./postman.ts";
import { type Letter, type SendMail, smtpSender } from "./smtp.ts";

const MINUTE_MS = 60_000;
const FROM = "widgets@example.com";
const widget = "a".repeat(32);

const message = (id: string): InquiryContent => ({
  ...{ id, widget, address: "ada", name: "Jonas", lang: "en" },
  ...{ reply: "jonas@example.com", text: "Please\ncall me" },
});

/** An outbox whose tries the test waits for. */
async function outbox(send: SendMail, kv?: StoreEngine) {
  const store = await memoryStore(undefined, kv);
  const { clock } = store;
  await store.widgets.create("sidebar", newContent("Shop", "en"), widget);
  const tries = new Heard<"sent" | "failed">();
  let isQueued = false;
  let round = Promise.resolve();
  const postman = new Postman({
    store: {
      ...{ mails: store.mails, inquiries: store.inquiries },
      widgets: store.widgets,
      tasks: {
        // However much time passes, one round follows.
        async run(_task, run) {
          if (isQueued) return false;
          isQueued = true;
          await (round = round.then(() => {
            isQueued = false;
            return run();
          }));
          return true;
        },
      },
    },
    async send(letter) {
      try {
        await send(letter);
        tries.tell("sent");
      } catch (error) {
        tries.tell("failed");
        throw error;
      }
    },
    ...{ publicUrl: "https://widgets.example.com", clock, chance: () => 1 },
  });
  return {
    store,
    clock,
    tries,
    /** Lets this time pass, and the round that follows. */
    async pass(ms: number) {
      clock.advance(ms);
      await round;
    },
    [Symbol.dispose]() {
      postman[Symbol.dispose]();
      store[Symbol.dispose]();
    },
  };
}

Deno.test("[MAIL1] [MAIL2] a message is delivered once by a real mail server that is down for a minute", async () => {
  await using server = await startSmtp();
  using box = await outbox(smtpSender(server.url, FROM));
  await server.stop();
  await box.store.inquiries.create(message("m1"), { to: "shop@example.com" });

  await box.pass(LOOK_MS);
  const down = [...box.tries.all];
  await server.start();
  await box.pass(LOOK_MS); // Too early for another try.
  const early = [...box.tries.all];
  for (let ms = 0; ms < MINUTE_MS; ms += LOOK_MS) await box.pass(LOOK_MS);
  for (let ms = 0; ms < MINUTE_MS; ms += LOOK_MS) await box.pass(LOOK_MS);

  deepEqual([down, early], [["failed"], ["failed"]]);
  deepEqual(box.tries.all, ["failed", "sent"]);
  const [mail = "", ...others] = await server.received();
  deepEqual(others, []);
  match(mail, /^X-RcptTo: shop@example\.com$/m);
  match(mail, /^Reply-To: Jonas <jonas@example\.com>$/m);
  match(mail, /^Subject: Message [2-9A-Z]{4}-[2-9A-Z]{4} from Jonas$/m);
  match(mail, /Please\r?\ncall me/);
  deepEqual(await box.store.mails.all(), []);
});

Deno.test("[MAIL3] an e-mail that the server refuses for good, or that fails for a day, is given up", async () => {
  const refused = Object.assign(new Error("no such user"), {
    ...{ responseCode: 550, command: "RCPT TO" },
  });
  for (
    const [error, tries] of [
      [refused, 1],
      [new Error("down"), TRIES_MAX],
    ] as const
  ) {
    using box = await outbox(() => Promise.reject(error));
    await box.store.inquiries.create(message("m1"), { to: "shop@example.com" });

    for (let n = 0; n < TRIES_MAX + 2; n++) await box.pass(2 * 3_600_000);

    equal(box.tries.all.length, tries);
    const [mail] = await box.store.mails.all();
    deepEqual([mail?.value.isDead, mail?.value.error], [true, error.message]);
  }
});

Deno.test("[MAIL3] an e-mail is sent soon after the host's clock was set, in either direction", async () => {
  for (const jumpMs of [24 * 3_600_000, -24 * 3_600_000]) {
    using box = await outbox(() => Promise.resolve());
    await box.store.inquiries.create(message("early"), { to: "a@example.com" });
    box.clock.jumpWall(jumpMs);
    await box.store.inquiries.create(message("late"), { to: "a@example.com" });

    await box.pass(LOOK_MS);

    deepEqual([jumpMs, box.tries.all], [jumpMs, ["sent", "sent"]]);
  }
});

Deno.test("[MAIL3] a mail server that rejects the password or the sender is tried again, because all e-mails would be given up", async () => {
  for (
    const [refuses, answer] of [
      ["AUTH", "535 5.7.8 Authentication failed"],
      ["MAIL", "550 5.7.1 Sender rejected"],
    ] as const
  ) {
    using server = startRefusingSmtp(refuses, answer);
    using box = await outbox(smtpSender(server.url, FROM));
    await box.store.inquiries.create(message("m1"), { to: "shop@example.com" });

    await box.pass(LOOK_MS);

    const [mail] = await box.store.mails.all();
    deepEqual([mail?.value.tries, mail?.value.isDead], [1, undefined]);
    ok(`${mail?.value.error}`.includes(answer), mail?.value.error ?? "");
  }
});

Deno.test("[MAIL2] if an instance dies while it sends, another one sends the e-mail again under the same Message-ID", async () => {
  const letters: Letter[] = [];
  using box = await outbox((letter) => {
    letters.push(letter);
    return Promise.resolve();
  });
  await box.store.inquiries.create(message("m1"), { to: "shop@example.com" });
  const [claimed] = await box.store.mails.all();
  ok(claimed);
  const dueAt = box.clock.now() + 10 * MINUTE_MS;
  await box.store.mails.change(claimed, { ...claimed.value, tries: 1, dueAt });

  await box.pass(LOOK_MS);
  const early = letters.length;
  await box.pass(10 * MINUTE_MS);

  equal(early, 0);
  equal(letters.length, 1);
  match(letters[0]?.messageId ?? "", /^<[\w-]+\.\d+@contact-widgets>$/);
});

Deno.test("[MAIL1] an unreadable message does not hold up the others, and is logged once", async () => {
  const lines: string[] = [];
  using _log = await logInto(lines);
  const kv = await openEngine(":memory:");
  using box = await outbox(() => Promise.resolve(), kv);
  const { inquiries } = box.store;
  const made = [];
  for (const id of ["m1", "m2", "m3"]) {
    made.push(await inquiries.create(message(id), { to: "a@example.com" }));
  }
  const [first] = (await box.store.mails.all()).map(({ value }) => value);
  ok(first && made.every((one) => one.ok));
  await kv.set(["inquiry", first.number], "broken");

  await box.pass(LOOK_MS);
  await box.pass(LOOK_MS);

  deepEqual(box.tries.all, ["sent", "sent"]);
  deepEqual(
    (await box.store.mails.all()).map(({ value }) => value.number),
    [first.number],
  );
  const failures = lines.filter((line) => line.startsWith("Cannot send"));
  equal(failures.length, 1);
});

Deno.test("a deleted message is not sent", async () => {
  using box = await outbox(() => Promise.resolve());
  const made = await box.store.inquiries.create(message("m1"), {
    to: "a@example.com",
  });
  ok(made.ok);
  await box.store.inquiries.delete([made.value.inquiry], { id: "", name: "" });

  await box.pass(LOOK_MS);

  deepEqual(box.tries.all, []);
  deepEqual(await box.store.mails.all(), []);
});

Deno.test("[MAIL4] an e-mail asks out-of-office programs not to answer the address that a visitor has typed", async () => {
  await using server = await startSmtp();
  using box = await outbox(smtpSender(server.url, FROM));
  await box.store.inquiries.create(message("m1"), { to: "shop@example.com" });

  await box.pass(LOOK_MS);

  const [mail = ""] = await server.received();
  match(mail, /^Auto-Submitted: auto-generated$/m);
  match(mail, /^X-Auto-Response-Suppress: All$/m);
});

Deno.test("[MAIL4] nothing in a message adds a recipient or a header", async () => {
  await using server = await startSmtp();
  const send = smtpSender(server.url, FROM);
  const evil = "Jonas\r\nBcc: eve@example.com";
  const letter = letterOf({
    ...message("m1"),
    ...{ number: "7KQ4-2XHD", at: 1, state: "open", notes: [] },
    name: evil,
    reply: "jonas@example.com\r\nBcc: eve@example.com",
    text: "\r\n.\r\nRCPT TO:<eve@example.com>",
  }, {
    to: "shop@example.com",
    widget: evil,
    publicUrl: "",
    timeZone: "UTC",
  });

  await send(letter);

  const [mail = "", ...others] = await server.received();
  deepEqual(others, []);
  const [head = ""] = mail.split(/\r?\n\r?\n/);
  ok(!/^(bcc|cc):/im.test(head), head);
  match(head, /^X-RcptTo: shop@example\.com$/m);
  equal(letter.replyTo, undefined);
});

Deno.test("the e-mail about a callback has its number and when it is due, in the time zone of the widget", () => {
  const from = Date.UTC(2030, 0, 7, 8);
  const textFor = (callback: Callback) =>
    letterOf({
      ...message("m1"),
      ...{ number: "7KQ4-2XHD", at: 1, state: "open", notes: [] },
      reply: "+49 7031 73009",
      callback,
    }, {
      to: "shop@example.com",
      widget: "Shop",
      publicUrl: "",
      timeZone: "Europe/Berlin",
    });

  const slot = textFor({ from, to: from + 1_800_000 });
  const soon = textFor({ from });

  match(slot.subject, /^Callback 7KQ4-2XHD from Jonas$/);
  match(slot.text, /^Call: \+49 7031 73009$/m);
  match(slot.text, /^Due: 2030-01-07 09:00 – 09:30 \(Europe\/Berlin\)$/m);
  match(
    soon.text,
    /^Due: as soon as possible, from 2030-01-07 09:00 \(Europe\/Berlin\)$/m,
  );
});
