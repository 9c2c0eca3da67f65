import { deepEqual, equal } from "node:assert/strict";
import { ok } from "@/lib/base/result.ts";
import { en } from "@/lib/i18n/admin/en.ts";
import type { PbxView, TraceEntryView } from "@/lib/protocol/admin/pbx.ts";
import { ToastList } from "@/lib/ui/toasts.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { type PbxApi, PbxModel } from "./pbx_model.ts";

const VIEW: PbxView = {
  password: "none",
  appUrl: "",
  links: [],
  waiting: 0,
  refusals: [],
  silent: 0,
  framers: [],
};

Deno.test("PbxModel.refresh() appends new messages", async () => {
  const service = new FakeService();
  const model = modelOf(service);

  service.entries.push(entry(1), entry(2));
  await model.refresh();
  service.entries.push(entry(3));
  await model.refresh();

  deepEqual(model.entries.value.map(({ id }) => id), [1, 2, 3]);
  deepEqual(service.asked, ["", "2"]);
});

Deno.test("PbxModel shows the messages of several instances by time", async () => {
  const service = new FakeService();
  const model = modelOf(service);

  service.entries.push({ ...entry(7), time: 20 }, { ...entry(8), time: 40 });
  await model.refresh();
  service.entries.push({ ...entry(9), instance: "b", time: 30 });
  await model.refresh();

  deepEqual(model.entries.value.map(({ id }) => id), [7, 9, 8]);
});

Deno.test("PbxModel.filterBy() starts over and drops results of the previous filter", async () => {
  const service = new FakeService();
  const model = modelOf(service);
  service.entries.push(entry(1, "Register"), entry(2, "PbxInfo"));

  const older = model.filterBy("register");
  const newer = model.filterBy("pbxinfo");
  await Promise.all([older, newer]);

  deepEqual(model.entries.value.map(({ id }) => id), [2]);
});

Deno.test("PbxModel reports when the page is stale and when it is fresh again", async () => {
  const service = new FakeService();
  const model = modelOf(service);

  service.isReachable = false;
  await model.refresh();
  equal(model.failure.value, en.refusals.reasons.offline);
  service.isReachable = true;
  await model.refresh();

  equal(model.failure.value, "");
});

Deno.test("PbxModel.savePassword() shows the outcome", async () => {
  const service = new FakeService();
  const model = modelOf(service);

  equal(await model.savePassword("s3cret"), true);
  equal(model.view.value.password, "stored");
  service.isReachable = false;
  equal(await model.savePassword("other"), false);

  const { kind, text } = model.toasts.toasts.value.at(-1) ?? {};
  deepEqual([kind, text], ["failed", en.refusals.reasons.offline]);
});

class FakeService implements PbxApi {
  readonly entries: TraceEntryView[] = [];
  readonly asked: string[] = [];
  isReachable = true;
  #view = VIEW;

  getPbx() {
    return Promise.resolve(this.#answer(this.#view));
  }

  savePbxPassword() {
    this.#view = { ...VIEW, password: "stored" };
    return this.getPbx();
  }

  getPbxTrace(text: string, after: string) {
    this.asked.push(after);
    const entries = this.entries.filter((e) =>
      e.id > Number(after) && e.text.toLowerCase().includes(text)
    );
    const end = String(this.entries.at(-1)?.id ?? "");
    return Promise.resolve(this.#answer({ entries, after: end }));
  }

  #answer<T>(value: T) {
    if (this.isReachable) return ok(value);
    const error = { reason: "offline", text: "" } as const;
    return { ok: false, error } as const;
  }
}

function modelOf(api: PbxApi): PbxModel {
  const toasts = new ToastList(new FakeClock());
  return new PbxModel(VIEW, { api, toasts, texts: en });
}

function entry(id: number, text = ""): TraceEntryView {
  return { id, time: 0, link: "", direction: "in", mt: text, api: "", text };
}
