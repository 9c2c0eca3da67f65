import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { Mails, type MailServer } from "@/lib/admin/mails.ts";
import { apiApp } from "@/tests/support/api_app.ts";

/** An outbox with one e-mail that was given up and one that waits. */
async function outbox(server?: MailServer) {
  const clock = new FakeClock();
  const store = await memoryStore();
  const numbers: string[] = [];
  for (const id of ["dead", "waiting"]) {
    const made = await store.inquiries.create({
      ...{ id, widget: "a".repeat(32), address: "", name: "", lang: "en" },
      ...{ reply: "jonas@example.com", text: "Hello" },
    }, { to: "shop@example.com" });
    if (made.ok) numbers.push(made.value.inquiry.number);
  }
  const [dead = ""] = numbers;
  for (const stored of await store.mails.all()) {
    if (stored.value.number !== dead) continue;
    const error = "no such user";
    const given = { ...stored.value, tries: 18, isDead: true as const, error };
    await store.mails.change(stored, given);
  }
  const mails = new Mails({ mails: store.mails, server, clock });
  return { store, mails, dead, clock };
}

Deno.test("[MAIL3] administrators see which e-mails were given up, and can have them tried again", async () => {
  const { store, mails, dead, clock } = await outbox();
  using _store = store;

  const before = await mails.status();
  const after = await mails.retry();

  const failed = { number: dead, to: "shop@example.com" };
  deepEqual(before, {
    isOn: false,
    failed: [{ ...failed, error: "no such user" }],
  });
  deepEqual(after, { isOn: false, failed: [] });
  const again = (await store.mails.all())
    .find(({ value }) => value.number === dead);
  deepEqual(
    [again?.value.tries, again?.value.dueAt, again?.value.isDead],
    [0, clock.now(), undefined],
  );
});

Deno.test("a test e-mail goes to the service's own address, and its error is shown", async () => {
  const sent: string[] = [];
  const from = "widgets@example.com";
  const works = await outbox({
    from,
    send: ({ to }) => Promise.resolve(void sent.push(to)),
  });
  const fails = await outbox({
    from,
    send: () => Promise.reject(new Error("connection refused")),
  });
  using _one = works.store;
  using _other = fails.store;

  deepEqual(await works.mails.test(), { to: from });
  deepEqual(await fails.mails.test(), { error: "connection refused" });
  deepEqual(sent, [from]);
});

Deno.test("without a mail server, the routes say so", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");

  const status = await app.call("GET", "/api/mail", { cookie });
  const test = await app.call("POST", "/api/mail/test", { cookie });
  const retry = await app.call("POST", "/api/mail/retry", { cookie });

  deepEqual(await status.json(), { isOn: false, failed: [] });
  deepEqual(await test.json(), { error: "CW_SMTP_URL is not set" });
  equal(retry.status, 200);
  await retry.body?.cancel();
});
