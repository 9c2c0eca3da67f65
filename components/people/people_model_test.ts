import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { err, ok } from "@/lib/base/result.ts";
import { en } from "@/lib/i18n/admin/en.ts";
import type { PersonView } from "@/lib/protocol/admin/messages.ts";
import { ToastList } from "@/lib/ui/toasts.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { PeopleModel } from "./people_model.ts";
import { NEW_PERSON } from "./person_form.ts";

const ANN = { ...NEW_PERSON, name: "ann", displayName: "Ann Berg" };

Deno.test("a generated password stays visible after the person was added, until it is closed", async () => {
  const { model } = open();
  const password = model.makeUpPassword();

  const before = model.handover.value;
  await model.add({ ...ANN, password });
  const shown = model.handover.value;
  model.closeHandover();

  match(password, /^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
  equal(before, undefined);
  deepEqual(shown, { id: "ann", name: "Ann Berg", password });
  equal(model.handover.value, undefined);
});

Deno.test("a generated password for an existing person also stays visible", async () => {
  const { model } = open();
  const ann = await added(model);

  const password = model.makeUpPassword();
  await model.save(ann, { ...ANN, password });

  equal(model.handover.value?.password, password);
});

Deno.test("a later save without a password keeps it visible, and a newer one replaces it", async () => {
  const { model } = open();
  const first = model.makeUpPassword();
  await model.add({ ...ANN, password: first });
  const [ann] = model.people.value;
  if (ann === undefined) throw new Error("Nobody was added");

  await model.save(ann, { ...ANN, displayName: "Ann B.", password: "" });
  const kept = model.handover.value?.password;
  const second = model.makeUpPassword();
  await model.save(ann, { ...ANN, password: second });

  notEqual(first, second);
  deepEqual([kept, model.handover.value?.password], [first, second]);
});

Deno.test("a password that the admin typed, or that was rejected, isn't shown", async () => {
  const { model, service } = open();
  await model.add({ ...ANN, password: "typed by hand" });
  const typed = model.handover.value;

  service.isTaken = true;
  await model.add({ ...ANN, password: model.makeUpPassword() });

  deepEqual([typed, model.handover.value], [undefined, undefined]);
});

Deno.test("deleting a person removes the shown password", async () => {
  const { model } = open();
  await model.add({ ...ANN, password: model.makeUpPassword() });
  const [ann] = model.people.value;

  await model.delete(ann ?? personOf("ann", ""));

  equal(model.handover.value, undefined);
});

function open() {
  const service = new FakeService();
  const model = new PeopleModel([], {
    client: service,
    toasts: new ToastList(new FakeClock()),
    texts: en,
    lang: "en",
  });
  return { model, service };
}

async function added(model: PeopleModel): Promise<PersonView> {
  await model.add({ ...ANN, password: "typed by hand" });
  const [ann] = model.people.value;
  if (ann === undefined) throw new Error("Nobody was added");
  return ann;
}

function personOf(name: string, displayName: string): PersonView {
  return {
    ...{ id: name, name, displayName, roles: ["agent"] },
    ...{ revision: "1", createdAt: 0 },
  };
}

type Client = ConstructorParameters<typeof PeopleModel>[1]["client"];

class FakeService implements Client {
  isTaken = false;

  createPerson({ name, displayName }: { name: string; displayName: string }) {
    return Promise.resolve(
      this.isTaken
        ? err({ reason: "exists" as const, text: "name is taken" })
        : ok(personOf(name, displayName)),
    );
  }

  savePerson(_: string, person: { name: string; displayName: string }) {
    return this.createPerson(person);
  }

  deletePerson() {
    return Promise.resolve(ok(undefined));
  }
}
