import { deepEqual, equal } from "node:assert/strict";
import { SavedReplyClient } from "@/lib/protocol/admin/saved_replies.ts";
import { type ApiApp, apiApp, errorOf } from "@/tests/support/api_app.ts";

const REPLY = { name: "Hello", lang: "de", text: "Guten Tag {visitor}" };
const SHARED = { isShared: true };
const OWN = { isShared: false };

async function clientOf(
  app: ApiApp,
  name: string,
  ...roles: ("admin" | "agent")[]
): Promise<SavedReplyClient> {
  const { cookie } = await app.signIn(name, ...roles);
  return new SavedReplyClient((path, { method = "GET", body }) =>
    app.call(method, path, {
      cookie,
      ...(typeof body === "string" && { body: JSON.parse(body) }),
    })
  );
}

/** The names that a user sees. */
async function namesFor(client: SavedReplyClient): Promise<string[]> {
  const answer = await client.savedReplies();
  return answer.ok ? answer.value.replies.map(({ name }) => name) : [];
}

Deno.test("[REPLY1] all agents see shared replies, and only their own personal ones", async () => {
  using app = await apiApp();
  const admin = await clientOf(app, "root", "admin");
  const ada = await clientOf(app, "ada", "agent");
  const bob = await clientOf(app, "bob", "agent");

  const shared = await admin.createReply(REPLY, SHARED);
  const own = await ada.createReply({ ...REPLY, name: "Mine" }, OWN);
  const seen = [
    await namesFor(admin),
    await namesFor(ada),
    await namesFor(bob),
  ];

  deepEqual(seen, [["Hello"], ["Hello", "Mine"], ["Hello"]]);
  if (!shared.ok || !own.ok) throw new Error("not created");
  const save = { ...REPLY, revision: own.value.revision };
  const refused = [
    await bob.saveReply(own.value, save),
    await bob.deleteReply(own.value),
    await admin.saveReply({ ...own.value, isShared: true }, save),
    await ada.createReply(REPLY, SHARED),
    await ada.saveReply(shared.value, save),
    await ada.deleteReply(shared.value),
    await admin.createReply(REPLY, OWN),
  ];
  deepEqual(refused.map((answer) => !answer.ok && answer.error.reason), [
    ...["not-found", "not-found", "not-found"],
    ...["forbidden", "forbidden", "forbidden", "forbidden"],
  ]);
  deepEqual(await namesFor(ada), ["Hello", "Mine"]);
});

Deno.test("[REPLY1] a reply is saved over the state that was read, and deleted once", async () => {
  using app = await apiApp();
  const ada = await clientOf(app, "ada", "agent");
  const made = await ada.createReply(REPLY, OWN);
  if (!made.ok) throw new Error("not created");
  const { revision } = made.value;

  const saved = await ada.saveReply(made.value, {
    ...REPLY,
    lang: "",
    revision,
  });
  const late = await ada.saveReply(made.value, { ...REPLY, revision });
  const ended = [
    (await ada.deleteReply(made.value)).ok,
    (await ada.deleteReply(made.value)).ok,
  ];

  equal(saved.ok && saved.value.lang, "");
  equal(!late.ok && late.error.reason, "conflict");
  deepEqual(ended, [true, false]);
});

Deno.test("[REPLY2] an invalid reply is rejected, naming its field", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "agent");
  const wrong = [
    [{ ...REPLY, name: " " }, "name"],
    [{ ...REPLY, name: "n".repeat(41) }, "name"],
    [{ ...REPLY, name: "two\nlines" }, "name"],
    [{ ...REPLY, lang: "not a tag" }, "lang"],
    [{ ...REPLY, text: "\n" }, "text"],
    [{ ...REPLY, text: "t".repeat(2_001) }, "text"],
    [{ ...REPLY, owner: "bob" }, "owner"],
  ] as const;

  for (const [body, field] of wrong) {
    const options = { cookie, body };
    const response = await app.call("POST", "/api/account/replies", options);
    const error = await errorOf(response, 400);
    equal(error.field, field);
  }
  const longest = { ...REPLY, name: "n".repeat(40), text: "t".repeat(2_000) };
  const made = await app.call("POST", "/api/account/replies", {
    ...{ cookie, body: longest },
  });
  equal(made.status, 201);
});
