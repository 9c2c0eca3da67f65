import { deepEqual, equal } from "node:assert/strict";
import { en } from "@/lib/i18n/admin/en.ts";
import { err, ok } from "@/lib/base/result.ts";
import type { CallError } from "@/lib/protocol/admin/client.ts";
import type {
  SharesView,
  StatisticsView,
} from "@/lib/protocol/admin/statistics.ts";
import { someFigures } from "@/tests/support/figures.ts";
import { choiceOf } from "./choice.ts";
import { type StatisticsApi, StatisticsModel } from "./statistics_model.ts";

const SHOP = "a".repeat(32);

/** A model whose answers come when the test says so. */
function asking(query = "") {
  const asked: { path: string; answer(error?: CallError): void }[] = [];
  const queries: string[] = [];
  function ask<T>(path: string, value: T) {
    const { promise, resolve } = Promise.withResolvers<
      ReturnType<typeof ok<T>> | ReturnType<typeof err<CallError>>
    >();
    asked.push({
      path,
      answer: (error) => resolve(error === undefined ? ok(value) : err(error)),
    });
    return promise;
  }
  const api: StatisticsApi = {
    getStatistics: (query) => ask(`figures ${query}`, view(String(query))),
    getShares: (of, query) => ask(`${of} ${query}`, shares),
    getWidget: () => Promise.resolve(err({ reason: "not-found", text: "" })),
  };
  const model = new StatisticsModel(choiceOf(query), {
    api,
    texts: en,
    zone: "UTC",
    agents: [],
    onQuery: (query) => queries.push(query),
  });
  return { model, asked, queries };
}

const shares: SharesView = { shares: [], isCut: false, since: null };

/** A view that can be told from others by its `from`. */
function view(from: string): StatisticsView {
  return {
    from,
    to: "",
    zone: "UTC",
    by: "day",
    total: someFigures(),
    before: null,
    points: [],
    outcomes: {
      ended: 0,
      idle: 0,
      broken: 0,
      "gave-up": 0,
      "no-answer": 0,
      busy: 0,
      declined: 0,
      unreachable: 0,
      failed: 0,
    },
    week: { answered: [], missed: [] },
    since: null,
  };
}

Deno.test("the selection is requested and written to the address", async () => {
  const { model, asked, queries } = asking("period=7d&by=hour");

  const loaded = model.load();
  for (const { answer } of asked) answer();
  await loaded;
  void model.choose({ period: "12m" });
  void model.choose({ widget: SHOP });
  void model.choose({ agent: "ada" });

  deepEqual(queries, [
    "period=12m",
    `period=12m&widget=${SHOP}`,
    `period=12m&widget=${SHOP}&agent=ada`,
  ]);
  deepEqual(asked.map(({ path }) => path), [
    "figures period=7d&by=hour&zone=UTC",
    "widgets period=7d&by=hour&zone=UTC",
    "agents period=7d&by=hour&zone=UTC",
    "figures period=12m&zone=UTC",
    "widgets period=12m&zone=UTC",
    "agents period=12m&zone=UTC",
    `figures period=12m&widget=${SHOP}&zone=UTC`,
    `agents period=12m&widget=${SHOP}&zone=UTC`,
    `figures period=12m&widget=${SHOP}&agent=ada&zone=UTC`,
  ]);
});

Deno.test("the answer to an outdated request isn't shown", async () => {
  const { model, asked } = asking("agent=ada");

  const first = model.load();
  const second = model.choose({ period: "7d" });
  asked[1]?.answer();
  await second;
  asked[0]?.answer();
  await first;

  equal(model.view.value?.from, "period=7d&agent=ada&zone=UTC");
  equal(model.isLoading.value, false);
});

Deno.test("figures stay visible while the service is unreachable, with a notice", async () => {
  const { model, asked } = asking("agent=ada");
  const first = model.load();
  asked[0]?.answer();
  await first;

  const again = model.load();
  asked[1]?.answer({ reason: "offline", text: "" });
  await again;
  const failure = model.failure.value;
  const later = model.load();
  asked[2]?.answer();
  await later;

  equal(failure, en.refusals.reasons.offline);
  equal(model.view.value?.from, "agent=ada&zone=UTC");
  equal(model.failure.value, "");
});

Deno.test("a rejected field is named", async () => {
  const { model, asked } = asking("agent=ada");

  const loaded = model.load();
  asked[0]?.answer({
    reason: "invalid",
    field: "to",
    text: "must not be before the first day",
  });
  await loaded;

  equal(model.failure.value, "to: must not be before the first day");
});
