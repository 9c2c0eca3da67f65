import { deepEqual, equal } from "node:assert/strict";
import { err, ok } from "@/lib/base/result.ts";
import { en } from "@/lib/i18n/admin/en.ts";
import type { NewToken, TokenView } from "@/lib/protocol/admin/tokens.ts";
import { ToastList } from "@/lib/ui/toasts.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { TokenModel, tokenProblems } from "./token_model.ts";

const OLD: TokenView = {
  ...{ id: "a".repeat(32), name: "Old", scopes: ["widgets:read"] },
  ...{ createdAt: 1, by: "ada", state: "active" },
};
const NEW: TokenView = { ...OLD, id: "b".repeat(32), name: "New" };
const FORM = { name: " New ", scopes: ["widgets:read" as const] };

function modelOf(reason?: "not-found" | "internal" | "too-many") {
  const sent: NewToken[] = [];
  const error = err({ reason: reason ?? "internal", text: "" });
  const model = new TokenModel([OLD], {
    client: {
      createToken(token) {
        sent.push(token);
        const made = { token: NEW, text: "cwt_secret" };
        return Promise.resolve(reason === undefined ? ok(made) : error);
      },
      revokeToken: () =>
        Promise.resolve(reason === undefined ? ok(undefined) : error),
    },
    toasts: new ToastList(new FakeClock()),
    texts: en,
  });
  return { model, sent };
}

Deno.test("a new token is first in the list, and its text is shown until it is closed", async () => {
  const { model, sent } = modelOf();

  const failed = [
    await model.create({ ...FORM, days: "30" }),
    await model.create({ ...FORM, days: "never" }),
  ];
  const shown = model.created.value?.text;
  model.closeCreated();

  deepEqual(failed, [undefined, undefined]);
  deepEqual(sent, [
    { name: "New", scopes: ["widgets:read"], days: 30 },
    { name: "New", scopes: ["widgets:read"] },
  ]);
  equal(shown, "cwt_secret");
  equal(model.created.value, undefined);
  equal(model.tokens.value[0], NEW);
});

Deno.test("a token that cannot be created is not listed, and the reason is returned", async () => {
  const { model } = modelOf("too-many");

  const error = await model.create({ ...FORM, days: "30" });

  equal(error?.reason, "too-many");
  deepEqual(model.tokens.value, [OLD]);
  equal(model.created.value, undefined);
});

Deno.test("a revoked token, and one that is already gone, leave the list with their text", async () => {
  for (const reason of [undefined, "not-found" as const]) {
    const { model } = modelOf(reason);
    model.created.value = { token: OLD, text: "cwt_secret" };

    equal(await model.revoke(OLD), true);

    deepEqual(model.tokens.value, []);
    equal(model.created.value, undefined);
    equal(model.toasts.toasts.value[0]?.text, "Old was revoked.");
  }
});

Deno.test("a token that cannot be revoked stays in the list", async () => {
  const { model } = modelOf("internal");

  equal(await model.revoke(OLD), false);

  deepEqual(model.tokens.value, [OLD]);
  equal(model.toasts.toasts.value[0]?.kind, "failed");
});

Deno.test("a token needs a name and a permission", () => {
  deepEqual(tokenProblems({ name: " ", scopes: [], days: "30" }), {
    name: "must not be empty",
    scopes: "must have a scope",
  });
  deepEqual(tokenProblems({ ...FORM, days: "30" }), {});
});
