import { deepEqual, equal } from "node:assert/strict";
import { err, ok } from "@/lib/base/result.ts";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import type { CallError } from "@/lib/protocol/admin/client.ts";
import type {
  AccountView,
  SaveAccount,
} from "@/lib/protocol/admin/messages.ts";
import { ToastList } from "@/lib/ui/toasts.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { AccountModel, changesOf, nameProblem } from "./account_model.ts";

const texts = ADMIN_LANGUAGES.en;
const ann: AccountView = { name: "ann", displayName: "Ann" };
const unavailable: CallError = { reason: "unavailable", text: "store" };

Deno.test("changesOf() sends only the fields that differ, so another tab's change survives", () => {
  const german = { ...ann, language: "de" };

  deepEqual(changesOf(ann, { displayName: " Ann ", language: "" }), {});
  deepEqual(changesOf(ann, { displayName: "Ann B.", language: "" }), {
    displayName: "Ann B.",
  });
  deepEqual(changesOf(ann, { displayName: "Ann", language: "de" }), {
    language: "de",
  });
  deepEqual(changesOf(german, { displayName: "Ann", language: "" }), {
    language: null,
  });
});

Deno.test("nameProblem() accepts 1 to 64 characters on one line", () => {
  const names = ["A", "x".repeat(64), " ", "x".repeat(65), "a\nb"];

  deepEqual(names.map(nameProblem), [
    undefined,
    undefined,
    "must not be empty",
    "must have at most 64 characters",
    "must be one line",
  ]);
});

Deno.test("a failed save leaves the account unchanged and shows the reason", async () => {
  const { model, told } = modelOf({
    saveAccount: () => Promise.resolve(err(unavailable)),
  });

  const error = await model.save({ displayName: "Ann B.", language: "" });

  equal(error, texts.refusals.reasons.unavailable);
  deepEqual([model.account.value, told], [ann, []]);
});

Deno.test("a saved change is passed to the other islands of the page", async () => {
  const sent: SaveAccount[] = [];
  const { model, told } = modelOf({
    saveAccount(save) {
      sent.push(save);
      return Promise.resolve(ok({ ...ann, displayName: "Ann B." }));
    },
  });

  await model.save({ displayName: "Ann", language: "" });
  await model.save({ displayName: "Ann B.", language: "" });

  deepEqual(sent, [{ displayName: "Ann B." }]);
  deepEqual(told, [{ ...ann, displayName: "Ann B." }]);
});

Deno.test("a picture that can't be removed stays, and a toast shows the reason", async () => {
  const { model, toasts } = modelOf({
    removeOwnPicture: () => Promise.resolve(err(unavailable)),
  });

  await model.removePicture();

  deepEqual(
    toasts.toasts.value.map(({ kind, text }) => [kind, text]),
    [["failed", texts.refusals.reasons.unavailable]],
  );
  deepEqual(model.account.value, ann);
});

type Client = ConstructorParameters<typeof AccountModel>[1]["client"];

function modelOf(client: Partial<Client>) {
  const told: AccountView[] = [];
  const toasts = new ToastList(new FakeClock());
  const never = () => Promise.reject(new Error("not asked for"));
  const model = new AccountModel(ann, {
    client: {
      saveAccount: never,
      saveOwnPicture: never,
      removeOwnPicture: never,
      ...client,
    },
    toasts,
    texts,
    onSaved: (account) => told.push(account),
  });
  return { model, told, toasts };
}
