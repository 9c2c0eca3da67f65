import * as v from "valibot";
import type { OtherPbxs } from "@/lib/admin/other_pbxs.ts";
import type { Pbx } from "@/lib/admin/pbx.ts";
import { mergedStatus } from "@/lib/admin/pbx_status.ts";
import { parseJson } from "@/lib/base/parse_json.ts";
import type { Members } from "@/lib/cluster/members.ts";
import type { Questions } from "@/lib/cluster/questions.ts";
import type { LinkFacts } from "@/lib/pbx/status.ts";
import { PbxStatus, TraceEntryView } from "@/lib/protocol/admin/pbx.ts";

// These questions and answers are messages between instances, so a later version
// may only add members.

/** Messages of the trace in one part of an answer: at most about 300 KiB. */
const ENTRIES_PER_PART = 25;

const TraceQuestion = v.object({
  text: v.pipe(v.string(), v.maxLength(200)),
  after: v.number(),
});
const TracePart = v.array(TraceEntryView);

const SomeFacts: v.GenericSchema<unknown, LinkFacts> = v.object({
  key: v.string(),
  host: v.string(),
  appObject: v.string(),
  ice: v.exactOptional(v.object({
    stun: v.string(),
    turn: v.string(),
    turnUsr: v.string(),
    turnPwd: v.string(),
  })),
});

export interface OtherPbxsOptions {
  /** Id of this instance. */
  own: string;
  members: Pick<Members, "all">;
  questions: Pick<Questions, "answer" | "ask" | "askOne">;
  pbx: Pbx;
  onBadMessage(): void;
}

/** Returns the links of this instance as a part of its report to all others. */
export function reportedLinks(
  { bank }: Pick<Pbx, "bank">,
): Record<string, string> {
  return Object.fromEntries(
    bank.facts().map((facts) => [facts.key, JSON.stringify(facts)]),
  );
}

/** Makes the PBXs of all instances visible at each of them. */
export function joinPbxs(options: OtherPbxsOptions): void {
  const { questions, pbx } = options;
  questions.answer("pbx-status", function* () {
    const { links, ...rest } = pbx.status();
    yield { links: [], ...rest };
    for (const link of links) {
      yield { links: [link], waiting: 0, refusals: [] };
    }
  });
  questions.answer("pbx-trace", function* (body) {
    const read = v.safeParse(TraceQuestion, body);
    if (!read.success) return options.onBadMessage();
    const entries = pbx.bank.trace.entries(read.output);
    for (let at = 0; at < entries.length; at += ENTRIES_PER_PART) {
      yield entries.slice(at, at + ENTRIES_PER_PART);
    }
  });
  pbx.join(othersOf(options));
}

function othersOf(
  { own, members, questions, onBadMessage }: OtherPbxsOptions,
): OtherPbxs {
  function read<T>(
    schema: v.GenericSchema<unknown, T>,
    all: readonly unknown[],
  ): T[] {
    return all.flatMap((one) => {
      const found = v.safeParse(schema, one);
      if (!found.success) onBadMessage();
      return found.success ? [found.output] : [];
    });
  }
  return {
    own,
    facts() {
      const reported = members.all()
        .flatMap(({ report: { links = {} } }) => Object.values(links));
      return read(SomeFacts, reported.map((json) => parseJson(json)));
    },
    async status() {
      const { parts, silent } = await questions.ask("pbx-status", null);
      const found = [...parts].map(([id, all]): [string, PbxStatus] => {
        const own = read(PbxStatus, all).map((one) => ["", one] as const);
        return [id, mergedStatus(own)];
      });
      return { found: new Map(found), silent: silent.length };
    },
    async trace(text, after) {
      const found = await Promise.all(
        members.all().map(async ({ id }) => {
          const body = { text, after: after.get(id) ?? 0 };
          const parts = await questions.askOne(id, "pbx-trace", body);
          return [id, parts] as const;
        }),
      );
      return new Map(
        found.flatMap(([id, parts]) =>
          parts === undefined ? [] : [[id, read(TracePart, parts).flat()]]
        ),
      );
    },
  };
}
