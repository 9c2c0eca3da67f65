import { deepEqual, equal, ok } from "node:assert/strict";
import * as v from "valibot";
import { err, type Result } from "@/lib/base/result.ts";
import { DAY_MS } from "@/lib/base/times.ts";
import type { AccountContent, Role } from "@/lib/model/account.ts";
import { newContent } from "@/lib/model/widget.ts";
import type { Store } from "@/lib/store/open.ts";
import type { StoreEngine } from "@/lib/store/store_engine.ts";
import { StoreLease } from "@/lib/store/store_lease.ts";
import { anAgent, contentWith } from "./any_widget.ts";
import { FakeClock } from "./fake_clock.ts";

/** A store, and a function that makes its server lose answers. */
export interface Room {
  store: Store;
  kv: StoreEngine;
  clock: FakeClock;
  lose(): Promise<void>;
}

const by = { id: "1", name: "admin" };
const uuid = "a".repeat(32);
const person = (name: string, ...roles: Role[]): AccountContent => ({
  ...{ name, displayName: name },
  roles: roles.length > 0 ? roles : ["agent"],
});

/** Every kind of change: each is made once, and is no conflict with itself. */
export const CHANGES: Record<string, (room: Room) => Promise<void>> = {
  async "accounts are created"({ store: { accounts, audit }, lose }) {
    const user = { domain: "example.com", id: "17", sip: "ben" };
    await lose();
    const first = value(await accounts.createFirst(person("ada"), "hash"));
    value(await accounts.create(person("cem", "admin"), "hash", { by }));
    value(await accounts.createPbxUser(person("ben"), user));
    value(await accounts.createAs({ ...first.value, id: "x", name: "dan" }));

    const names = (await accounts.list()).map(({ value }) => value.name);
    deepEqual(names, ["ada", "ben", "cem", "dan"]);
    equal((await Array.fromAsync(audit.all())).length, 4);
  },
  async "an account is saved"({ store: { accounts, audit }, lose }) {
    const made = value(await accounts.create(person("ada", "admin"), "hash"));
    const { id } = made.value;
    await lose();
    const content = person("eva", "admin", "agent");
    const more = { by, passwordHash: "new" };
    const saved = value(
      await accounts.save(id, made.revision, content, more),
    );

    deepEqual(await accounts.get(id), saved);
    // The revision is that of the store, so the next save is no conflict.
    value(await accounts.save(id, saved.revision, person("ida", "admin")));
    equal((await Array.fromAsync(audit.all())).length, 3);
  },
  async "an account is deleted"({ store: { accounts, audit }, lose }) {
    value(await accounts.create(person("ada", "admin"), "hash"));
    const { value: ben } = value(await accounts.create(person("ben"), "hash"));
    await lose();
    deepEqual(value(await accounts.delete(ben.id, by)), ben);

    equal((await accounts.list()).length, 1);
    equal((await Array.fromAsync(audit.all())).length, 3);
  },
  async "users change their own accounts"({ store, lose }) {
    const { accounts, ownAccounts, audit, pictures } = store;
    const { value: ada } = value(await accounts.create(person("ada"), "old"));
    await lose();
    const picture = await pictures.put("image/png", new Uint8Array([1]));
    const profile = { displayName: "Ada L." };
    value(await ownAccounts.save(ada.id, { what: "profile", profile }));
    value(await ownAccounts.save(ada.id, { what: "picture", picture }));
    const password = { what: "password", before: "old", hash: "new" } as const;
    value(await ownAccounts.save(ada.id, password));

    const after = (await accounts.get(ada.id))?.value;
    deepEqual([after?.displayName, after?.picture], ["Ada L.", picture]);
    equal(await accounts.passwordHash(ada.id), "new");
    equal((await Array.fromAsync(audit.all())).length, 4);
  },
  async "a visitor is blocked and unblocked"({ store, lose }) {
    const { blocks, audit } = store;
    await lose();
    const block = {
      ...{ id: "b1", at: 1, by, contact: "c1", widget: uuid, address: "ada" },
      marks: { visit: "v" },
    };
    const made = { for: "permanent", network: false, block: "b1" } as const;
    equal(await blocks.add(block, { type: "visitor-blocked", ...made }), true);
    deepEqual(await blocks.list(), [block]);
    const ended = { type: "visitor-unblocked", block: "b1" } as const;
    equal(await blocks.delete("b1", by, ended), true);

    deepEqual(await blocks.list(), []);
    equal((await Array.fromAsync(audit.all())).length, 2);
  },
  async "a token is created, used and revoked"({ store, clock, lose }) {
    const { apiTokens, audit } = store;
    const token = {
      ...{ id: uuid, name: "CRM", scopes: ["widgets:read"], createdAt: 1, by },
    };
    const of = { token: uuid, name: "CRM" };
    await lose();
    const made = { type: "token-created" as const, ...of, scopes: [] };
    equal(await apiTokens.add(token, "secret", made), true);
    await apiTokens.touch(token);
    const used = await apiTokens.find(uuid, "secret");
    equal(used?.usedAt, clock.wall());
    const revoked = () => ({ type: "token-revoked" as const, ...of });
    equal(await apiTokens.delete(uuid, by, revoked), true);

    deepEqual(await apiTokens.list(), []);
    equal((await Array.fromAsync(audit.all())).length, 2);
  },
  async "a repeated request of a program is answered once"({ store, lose }) {
    const { apiAnswers } = store;
    const keyed = { token: uuid, key: "k", request: "r" };
    const answer = { status: 204, headers: {}, body: "" };
    await lose();
    deepEqual(await apiAnswers.claim(keyed), { is: "new" });
    await apiAnswers.answer(keyed, answer);
    deepEqual(await apiAnswers.claim(keyed), { is: "answered", answer });
  },
  async "a shared reply is created, saved and deleted"({ store, lose }) {
    const { savedReplies, audit } = store;
    await lose();
    const reply = { id: "r1", name: "Hello", lang: "", text: "Good day" };
    const made = value(await savedReplies.create(reply, by));
    const next = { ...reply, text: "Good morning" };
    const saved = value(await savedReplies.save(next, made.revision, by));
    deepEqual(await savedReplies.list(), [saved]);
    equal(await savedReplies.delete(reply, by), true);

    deepEqual(await savedReplies.list(), []);
    equal((await Array.fromAsync(audit.all())).length, 3);
  },
  async "a widget is created, saved and deleted"({ store, lose }) {
    const { widgets, audit } = store;
    await lose();
    const content = newContent("One", "en");
    const made = value(await widgets.create("sidebar", content, uuid, by));
    const next = { ...content, name: "Two" };
    const saved = value(await widgets.save(uuid, made.revision, next, { by }));

    deepEqual(await widgets.get(uuid), saved);
    equal(saved.version, 2);
    equal((await widgets.history.list(uuid, 2)).length, 1);
    equal((await widgets.overviews())[0]?.revision, saved.revision);
    equal(await widgets.delete(uuid, by), true);
    equal((await Array.fromAsync(audit.all())).length, 3);
  },
  async "a widget with a new picture is saved"({ store, lose }) {
    const { pictures, widgets } = store;
    const made = value(await widgets.create("cardset", contentWith([]), uuid));
    await lose();
    const picture = await pictures.put("image/png", new Uint8Array([1]));
    const content = contentWith([anAgent("a", { picture })]);
    const saved = value(await widgets.save(uuid, made.revision, content));

    deepEqual(await widgets.get(uuid), saved);
  },
  async "unused pictures are swept"({ store, clock, lose }) {
    const { pictures, widgets } = store;
    const id = await pictures.put("image/png", new Uint8Array([1]));
    clock.advance(DAY_MS);
    await lose();
    equal(await pictures.sweep(() => widgets.pictures()), 1);

    equal(await pictures.get(id), undefined);
  },
  async "statistics are added once"({ store: { statistics }, lose }) {
    const rows = Array.from({ length: 12 }, (_, n) => ({
      day: 7,
      subject: { agent: `${10 + n}` },
      counts: { calls: { "9": n + 1 } },
    }));
    await statistics.add(rows.slice(0, 4));
    await lose();
    await statistics.add(rows.slice(4));
    await statistics.add(rows.slice(4));

    const stored = await Array.fromAsync(statistics.all());
    deepEqual(
      stored.map(({ counts }) => counts["calls"]),
      rows.map((_, n) => ({ "9": (n + 1) * (n < 4 ? 1 : 2) })),
    );
    equal(await statistics.deleteBefore(8), 12);
  },
  async "a setting is set first, changed and deleted"({ store, lose }) {
    const { settings, audit } = store;
    const color = { name: "color", schema: v.string() };
    await lose();
    equal(await settings.setFirst(color, "red"), true);
    equal(await settings.setFirst(color, "blue"), false);
    equal((await settings.get(color))?.value, "red");
    const change = { type: "pbx-password-saved" as const };
    await settings.change(color, "green", { by, change });
    await settings.set(color, "white");
    await settings.delete(color);

    equal(await settings.get(color), undefined);
    equal((await Array.fromAsync(audit.all())).length, 1);
  },
  async "sessions are opened, used, replaced and ended"(
    { store, clock, lose },
  ) {
    const { sessions } = store;
    const ada = crypto.randomUUID();
    await lose();
    const token = await sessions.open(ada);
    clock.advance(DAY_MS);
    equal((await sessions.use(token))?.usedAt, clock.now());
    equal((await sessions.use(token))?.usedAt, clock.now());
    const next = await sessions.replaceAll(token, 10_000);
    equal((await sessions.use(token))?.isReplaced, true);
    equal(await sessions.end(next), true);
    equal(await sessions.endAll(ada), 1);
  },
  async "a chat is written and deleted"({ store: { runningChats }, lose }) {
    const entries = [{
      ...{ seq: 1, from: "visitor" as const, id: "v1" },
      ...{ text: "Hello", time: 1 },
    }];
    const chat = {
      ...{ id: "c", seat: "s", address: "otto", startedAt: 1, alerted: true },
      visitor: {
        ...{ name: "Ada", lang: "en" as const },
        widget: { uuid, name: "Cards" },
        page: { url: "https://example.com/", title: "Home", referrer: "" },
      },
      read: { visitor: 0, agent: 0 },
    };
    await lose();
    await runningChats.write([{ type: "kept", id: "c", chat, entries }]);
    deepEqual(await Array.fromAsync(runningChats.all()), [{ chat, entries }]);
    await runningChats.write([{ type: "gone", id: "c" }]);

    deepEqual(await Array.fromAsync(runningChats.all()), []);
  },
  async "contacts are recorded and deleted"({ store, lose }) {
    const { contactRecords, audit } = store;
    const record = {
      ...{ id: "r", widget: uuid, address: "ada", media: "chat" as const },
      ...{ visit: "v", startedAt: 1, endedAt: 5, cause: 16, messages: 3 },
    };
    await lose();
    await contactRecords.add(record);
    await contactRecords.add({ ...record, id: "s" });
    deepEqual(await Array.fromAsync(contactRecords.ofVisit("v")), [
      record,
      { ...record, id: "s" },
    ]);
    await contactRecords.delete([record], by);
    equal(await contactRecords.deleteBefore(6), 1);

    const [entry, ...others] = await Array.fromAsync(audit.all());
    deepEqual([entry?.change, others], [
      { type: "contacts-deleted", count: 1 },
      [],
    ]);
    if (entry !== undefined) await audit.addAs(entry);
    equal(await audit.deleteBefore(Infinity), 1);
  },
  async "small things are stored"({ store, lose }) {
    const { presences, signInPlaces, widgetFiles } = store;
    const ada = { address: "ada", presence: "away", since: 1 } as const;
    await lose();
    await presences.set(ada);
    deepEqual(await presences.list(), [ada]);
    await presences.delete("ada");
    await signInPlaces.add("ada", "192.0.2.0/24");
    await widgetFiles.keep("a.js", new Uint8Array([31]));

    deepEqual(await presences.list(), []);
    equal(await signInPlaces.has("ada", "192.0.2.0/24"), true);
    deepEqual(await widgetFiles.get("a.js"), new Uint8Array([31]));
  },
  async "the lease of a store is taken and given back"({ kv, lose }) {
    const owner = { host: "here", pid: 1, isAlive: () => true };
    const clock = new FakeClock();
    await lose();
    const first = await StoreLease.take(kv, { clock, ...owner });
    ok(first.ok);
    await first.value[Symbol.asyncDispose]();
    const next = await StoreLease.take(kv, { clock, ...owner });
    ok(next.ok);
    await next.value[Symbol.asyncDispose]();
  },
};

function value<T, E>(result: Result<T, E>): T {
  deepEqual(result.ok || err(result.error), true);
  if (!result.ok) throw new Error("not ok");
  return result.value;
}
