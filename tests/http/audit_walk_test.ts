import { deepEqual, equal, ok } from "node:assert/strict";
import { Pbx } from "@/lib/admin/pbx.ts";
import { AppPassword } from "@/lib/pbx/password/app_password.ts";
import { SecretBox } from "@/lib/pbx/password/secret_box.ts";
import { PbxBank } from "@/lib/pbx/pbx_bank.ts";
import { PORTRAITS } from "@/lib/admin/examples/portraits.ts";
import { newContent } from "@/lib/model/widget.ts";
import { PASSWORD } from "@/tests/support/admin_client.ts";
import { type ApiApp, apiApp } from "@/tests/support/api_app.ts";
import { ORIGIN, pagesApp } from "@/tests/support/pages_app.ts";

// Every route that can change something is known here: either what it does is
// found in the audit log, or this list says why there is nothing to find.

const ROUTES = new URL("../../routes/", import.meta.url);
const WRITES = /^(POST|PUT|PATCH|DELETE)$/;

/** Routes that change nothing an administrator decides. */
const NO_CHANGE: Record<string, string> = {
  "POST login.tsx": "opens a session",
  "POST logout.ts": "ends the own session",
  "POST preferences.ts":
    "sets cookies of the own browser, and the language of the own account",
  "POST myapps/challenge.ts": "makes a challenge that is forgotten",
  "POST myapps/sign-in.ts":
    "opens a session; the account that it may make is tested in lib/admin/pbx_people_test.ts",
  "POST api/hours.ts": "computes a state",
  "POST api/account/push/index.ts": "adds a device of one's own",
  "POST api/account/push/[id]/test.ts": "notifies a device of one's own",
  "DELETE api/account/push/[id]/index.ts": "removes a device of one's own",
  "POST api/account/replies/index.ts": "adds a reply of one's own",
  "PUT api/account/replies/[id].ts": "changes a reply of one's own",
  "DELETE api/account/replies/[id].ts": "deletes a reply of one's own",
  "POST api/network/test.ts": "makes credentials that end after minutes",
  "POST api/mail/retry.ts": "sends what could not be sent",
  "POST api/mail/test.ts": "sends an e-mail to the service's own address",
  "PUT api/messages/[number].ts":
    "agents work on a message, and its notes name their authors",
  "PUT api/account/callbacks/[number].ts":
    "agents call a visitor, and the message names the one who does",
  "POST api/pictures/index.ts":
    "nobody sees a picture before a widget shows it, and that is a change",
};

/** One call of each other route, after what it needs. */
const CALLS: Record<string, (admin: Admin) => Promise<Response>> = {
  "POST api/widgets/index.ts": ({ call }) =>
    call("POST", "/api/widgets", { type: "sidebar" }),
  "PUT api/widgets/[uuid].ts": async ({ call, widget }) => {
    const { uuid, revision } = await widget();
    const content = newContent("Changed", "en");
    return call("PUT", `/api/widgets/${uuid}`, { revision, content });
  },
  "DELETE api/widgets/[uuid].ts": async ({ call, widget }) =>
    call("DELETE", `/api/widgets/${(await widget()).uuid}`),
  "POST api/widgets/[uuid]/restore.ts": async ({ call, widget }) => {
    const { uuid, revision } = await widget();
    const path = `/api/widgets/${uuid}/restore`;
    return call("POST", path, { revision, version: 1 });
  },
  "POST api/people/index.ts": ({ call }) => call("POST", "/api/people", BEN),
  "PUT api/people/[id].ts": async ({ call, person }) => {
    const { id, revision } = await person();
    const { password: _, ...ben } = BEN;
    const save = { ...ben, displayName: "Benjamin", revision };
    return call("PUT", `/api/people/${id}`, save);
  },
  "DELETE api/people/[id].ts": async ({ call, person }) =>
    call("DELETE", `/api/people/${(await person()).id}`),
  "PUT api/account/index.ts": ({ call }) =>
    call("PUT", "/api/account", { displayName: "Ada L." }),
  "PUT api/account/picture/index.ts": ({ call }) =>
    call("PUT", "/api/account/picture", PORTRAIT),
  "DELETE api/account/picture/index.ts": async ({ call, ownPicture }) => {
    await ownPicture();
    return call("DELETE", "/api/account/picture");
  },
  "PUT api/pbx/password.ts": ({ call }) =>
    call("PUT", "/api/pbx/password", { password: "s3cret" }),
  "POST api/account/blocks/index.ts": async ({ call, app }) => {
    const of = { widget: "0".repeat(32), address: "ada" };
    await app.store.blocks.remember("1", { ...of, marks: { visit: "v" } });
    const block = { contact: "1", for: "day", network: false };
    return call("POST", "/api/account/blocks", block);
  },
  "DELETE api/blocks/[id].ts": async ({ call, app }) => {
    await app.store.blocks.addAs({
      ...{ id: "b1", at: 1, contact: "1", widget: "w", address: "ada" },
      by: { id: "1", name: "ada" },
      marks: { visit: "v" },
    });
    return call("DELETE", "/api/blocks/b1");
  },
  "POST api/tokens/index.ts": ({ call }) => call("POST", "/api/tokens", TOKEN),
  "DELETE api/tokens/[id].ts": async ({ call, token }) =>
    call("DELETE", `/api/tokens/${await token()}`),
  "POST api/replies/index.ts": ({ call }) =>
    call("POST", "/api/replies", REPLY),
  "PUT api/replies/[id].ts": async ({ call, app }) => {
    await app.store.savedReplies.addAs({ id: "r1", ...REPLY });
    const [stored] = await app.store.savedReplies.list();
    const revision = stored?.revision;
    return call("PUT", "/api/replies/r1", { ...REPLY, name: "Hi", revision });
  },
  "DELETE api/replies/[id].ts": async ({ call, app }) => {
    await app.store.savedReplies.addAs({ id: "r1", ...REPLY });
    return call("DELETE", "/api/replies/r1");
  },
  "DELETE api/contacts/[key].ts": async ({ call, app }) => {
    await app.store.contactRecords.add({
      id: "1",
      widget: "0".repeat(32),
      address: "ada",
      media: "voice",
      startedAt: 1,
      endedAt: 2,
      cause: 16,
      messages: 0,
    });
    return call("DELETE", "/api/contacts/2.1");
  },
  "DELETE api/messages/index.ts": async ({ call, app }) => {
    await leftMessage(app);
    return call("DELETE", `/api/messages?until=${app.store.clock.wall()}`);
  },
  "DELETE api/messages/[number].ts": async ({ call, app }) =>
    call("DELETE", `/api/messages/${await leftMessage(app)}`),
};

/** Stores a message, and returns its reference number. */
async function leftMessage(app: Admin["app"]): Promise<string> {
  const made = await app.store.inquiries.create({
    ...{ id: "m1", widget: "0".repeat(32), address: "ada", name: "" },
    ...{ reply: "jonas@example.com", text: "Hello", lang: "en" },
  });
  return made.ok ? made.value.inquiry.number : "";
}

const REPLY = { name: "Hello", lang: "", text: "Good day" };

const PORTRAIT = Uint8Array.from(
  atob(PORTRAITS.sales),
  (char) => char.charCodeAt(0),
);

const TOKEN = { name: "CRM", scopes: ["widgets:write"] };

const BEN = {
  name: "ben",
  displayName: "Ben",
  roles: ["agent"],
  password: PASSWORD,
};

Deno.test("every route that changes something writes to the audit log", async () => {
  const missing: string[] = [];
  for (const [route, run] of Object.entries(CALLS)) {
    using app = await apiApp();
    const admin = await adminOf(app);
    const response = await run(admin);
    ok(response.ok, `${route}: ${response.status} ${await response.text()}`);

    const { entries } = await app.services.audit.list();
    const last = entries[0];
    const before = admin.entriesBefore();
    if (entries.length !== before + 1 || last?.by.name !== "ada") {
      missing.push(route);
    }
  }

  deepEqual(missing, []);
});

Deno.test("creating the first administrator is audited", async () => {
  using app = await pagesApp();
  const token = await app.services.setup.newToken() ?? "";

  const made = await app.post("/setup", {
    token,
    name: "ada",
    displayName: "Ada",
    password: PASSWORD,
    repeat: PASSWORD,
  }, { origin: ORIGIN });

  equal(made.status, 303);
  const { entries } = await app.services.audit.list();
  equal(entries.at(-1)?.change.type, "person-created");
});

Deno.test("these tests cover every route that changes something", async () => {
  const found = await Array.fromAsync(writesBelow(""));

  const known = [
    ...Object.keys(CALLS),
    ...Object.keys(NO_CHANGE),
    "POST setup.tsx",
    // Their entries are tested in tests/http/token_api_test.ts.
    ...[
      "POST api/v1/widgets/index.ts",
      "PUT api/v1/widgets/[uuid].ts",
      "DELETE api/v1/widgets/[uuid].ts",
    ],
    // Its entry is tested in lib/admin/own_account_test.ts.
    "POST account/password.tsx",
  ];
  deepEqual(found.sort(), known.sort());
});

interface Admin {
  app: ApiApp;
  call(method: string, path: string, body?: unknown): Promise<Response>;
  widget(): Promise<{ uuid: string; revision: string }>;
  person(): Promise<{ id: string; revision: string }>;
  /** Returns the id of a token. */
  token(): Promise<string>;
  /** The administrator has a picture. */
  ownPicture(): Promise<void>;
  /** Entries that the preparation has left. */
  entriesBefore(): number;
}

async function adminOf(app: ApiApp): Promise<Admin> {
  const { cookie } = await app.signIn("ada", "admin");
  await addPbx(app);
  let entries = (await app.services.audit.list()).entries.length;
  const call = (method: string, path: string, body?: unknown) => {
    app.store.clock.advance(1); // So that the log has an order.
    return app.call(method, path, { cookie, ...(body ? { body } : {}) });
  };
  const made = async (path: string, body: unknown) => {
    const response = await call("POST", path, body);
    entries++;
    return await response.json();
  };
  return {
    app,
    call,
    widget: () => made("/api/widgets", { type: "sidebar" }),
    person: () => made("/api/people", BEN),
    token: async () => (await made("/api/tokens", TOKEN)).token.id,
    async ownPicture() {
      await call("PUT", "/api/account/picture", PORTRAIT);
      entries++;
    },
    entriesBefore: () => entries,
  };
}

async function addPbx({ services, store }: ApiApp): Promise<void> {
  const box = await SecretBox.withText("key");
  const password = new AppPassword(box, store.settings, "");
  const bank = new PbxBank({
    clock: store.clock,
    cache: store.presences,
    password: () => password.get(),
  });
  services.pbx = new Pbx(bank, password, { path: "/widgets", origins: [] });
}

/** `POST api/widgets/index.ts`, …: the handlers of all files of routes/. */
async function* writesBelow(folder: string): AsyncGenerator<string> {
  for await (
    const { name, isDirectory } of Deno.readDir(new URL(folder, ROUTES))
  ) {
    const path = folder + name;
    if (isDirectory) yield* writesBelow(`${path}/`);
    else if (/\.tsx?$/.test(name)) {
      const { handler, handlers } = await import(new URL(path, ROUTES).href);
      for (const method of Object.keys(handlers ?? handler ?? {})) {
        if (WRITES.test(method)) yield `${method} ${path}`;
      }
    }
  }
}
